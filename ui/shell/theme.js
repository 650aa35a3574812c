// Light or dark as a person chose, else as the system says. Streamlit and the pictures ask matchMedia, so the answer is
// given there; zerenTheme (components/chrome) changes it. Runs before anything else on the page.
(function () {
  var query = "(prefers-color-scheme: dark)", ask = window.matchMedia.bind(window), system = ask(query);
  var told = new EventTarget(), root = document.documentElement;
  function chosen() { try { return localStorage.getItem("zeren-theme") || "auto"; } catch (e) { return "auto"; } }
  function dark() { var c = chosen(); return c === "dark" || (c === "auto" && system.matches); }
  function show() { root.dataset.theme = dark() ? "dark" : "light"; }
  function change() { show(); told.dispatchEvent(Object.assign(new Event("change"), { matches: dark(), media: query })); }
  Object.defineProperty(told, "matches", { get: dark });
  told.media = query;
  window.matchMedia = function (given) { return String(given).replace(/\s/g, "") === query.replace(/\s/g, "") ? told : ask(given); };
  system.addEventListener("change", change);
  window.zerenTheme = function (choice) {
    if (choice) { try { localStorage.setItem("zeren-theme", choice); } catch (e) { /* private window */ } change(); }
    return chosen();
  };
  show();
})();
