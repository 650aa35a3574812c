// Light or dark, copy the address, print. The page's language is set here: Streamlit sets it once for all.

// Without HTTPS there is no clipboard for scripts; the old way works everywhere.
function copy(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position:fixed;opacity:0";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// Signing in leads to the start page; what was asked for is kept meanwhile.
function comeBack(closed) {
  const kept = sessionStorage.getItem("zeren-at");
  if (closed) sessionStorage.setItem("zeren-at", kept ?? location.href);
  else if (kept) {
    sessionStorage.removeItem("zeren-at");
    if (kept !== location.href) location.replace(kept);
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".z-chrome"), { words } = data;
  document.documentElement.lang = data.lang;
  comeBack(data.closed);
  const select = root.querySelector("select"), said = root.querySelector(".z-chrome-said");
  root.querySelector("label span").textContent = words.theme;
  for (const option of select.options) option.textContent = words[option.value];
  select.value = globalThis.zerenTheme?.() ?? "auto";
  select.onchange = () => globalThis.zerenTheme?.(select.value);
  const button = (name, act) => {
    const made = root.querySelector(".z-chrome-" + name);
    made.textContent = words[name];
    made.onclick = act;
  };
  button("copy", () => {
    if (copy(location.href)) said.textContent = words.copied;
    setTimeout(() => { said.textContent = ""; }, 2500);
  });
  button("print", () => globalThis.print());
  root.removeAttribute("data-waiting");
}
