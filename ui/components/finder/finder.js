// A field whose suggestions the server makes for what is typed; by mouse, or by arrow keys, Enter and Escape.

const PAUSE = 120;   // milliseconds without a key after which the server is asked
let count = 0;

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  const root = parentElement.querySelector(".z-find"), [label, field, list] = root.children, [input, clear] = field.children;
  const state = root.__state ??= { id: "z-find-" + ++count, at: 0, timer: 0, typing: false };
  state.data = data;
  label.textContent = data.label; label.htmlFor = input.id = state.id; list.id = state.id + "-list";
  input.setAttribute("aria-controls", list.id); input.setAttribute("aria-label", data.label || data.placeholder); list.setAttribute("aria-label", data.label || data.placeholder);
  input.placeholder = data.placeholder; input.title = data.help;
  clear.hidden = !data.said; clear.setAttribute("aria-label", data.clear);
  if (!state.typing) input.value = data.said;

  const open = (shown) => {
    list.hidden = !shown || !state.data.options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) input.removeAttribute("aria-activedescendant");
  };
  const mark = (at) => {
    state.at = Math.max(0, Math.min(at, list.children.length - 1));
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === state.at)));
    const item = list.children[state.at];
    if (item) { input.setAttribute("aria-activedescendant", item.id); if (!list.hidden) item.scrollIntoView({ block: "nearest" }); }
  };
  const choose = (option) => {
    clearTimeout(state.timer);
    state.typing = false; input.value = option.t; open(false);
    setTriggerValue("picked", { id: option.id });
  };
  list.replaceChildren(...data.options.map((option, i) => {
    const item = document.createElement("li");
    item.id = `${state.id}-${i}`; item.textContent = option.t; item.setAttribute("role", "option");
    item.onmousedown = (event) => event.preventDefault();          // the field keeps the focus
    item.onclick = () => choose(option);
    return item;
  }));
  open(state.typing || !list.hidden);
  mark(0);

  input.onfocus = () => { input.select(); };
  input.onclick = () => { open(true); mark(state.at); };
  input.oninput = () => {
    state.typing = true;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => { state.asked = input.value; setStateValue("typed", input.value); }, PAUSE);
  };
  input.onkeydown = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) { open(true); mark(0); } else mark(state.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden && state.data.options[state.at]) choose(state.data.options[state.at]);
    else if (event.key === "Enter" && !input.value && state.data.said) choose({ id: "", t: "" });
    else if (event.key === "Escape") { state.typing = false; input.value = state.data.said; open(false); }
    else return;
    event.preventDefault();
  };
  input.onblur = () => {
    clearTimeout(state.timer);
    open(false);
    if (state.typing) { state.typing = false; input.value = state.data.said; }
  };
  clear.onclick = () => choose({ id: "", t: "" });
  root.removeAttribute("data-waiting");
}
