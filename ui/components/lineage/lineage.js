// Reforms down a line of years: the bodies before, an arrow, the bodies after.

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".z-line");
  list.setAttribute("aria-label", data.label);
  const made = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text ?? "" });
  const body = (one) => {
    const link = made("a", one.on ? "z-line-on" : "", one.t);
    link.href = one.h;
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      setTriggerValue("open", one.h);
    };
    return link;
  };
  const side = (bodies) => { const box = made("span", "z-line-side"); box.append(...bodies.map(body)); return box; };
  list.replaceChildren(...data.steps.map((step) => {
    const item = made("li", ""), row = made("div", "z-line-row");
    row.append(side(step.before), made("span", "z-line-arrow", "→"), side(step.after));
    item.append(made("b", "", step.year), row, made("small", "", step.note));
    return item;
  }));
  list.removeAttribute("data-waiting");
}
