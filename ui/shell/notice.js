// Streamlit needs class static blocks and the `v` flag of regular expressions: Chromium 112. Older browsers would stay blank.
(function () {
  try { new RegExp("", "v"); } catch (e) {
    document.addEventListener("DOMContentLoaded", function () {
      document.body.innerHTML = '<div style="max-width:40em;margin:15vh auto;padding:0 1em;font:16px/2 sans-serif">'
        + '<h1 style="font-size:22px">浏览器版本过低</h1>'
        + "<p>请使用 Chrome、Edge 112 或更新版本，或以新内核运行的国产浏览器打开本页。</p>"
        + "<p>This browser is too old. Please use Chrome or Edge 112 or later.</p></div>";
    });
  }
})();
