// A row of figures; each may lead somewhere.

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".z-figs");
  list.setAttribute("aria-label", data.label);
  list.replaceChildren(...data.items.map((item) => {
    const cell = document.createElement("div"), name = document.createElement("dt"), value = document.createElement("dd");
    name.textContent = item.label;
    const holder = item.h ? document.createElement("a") : document.createElement("span");
    holder.textContent = item.value;
    if (item.h) {
      holder.href = item.h;
      holder.setAttribute("aria-label", item.label + " " + item.value);
      holder.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        setTriggerValue("open", item.h);
      };
    }
    value.append(holder);
    if (item.note) {
      const note = document.createElement("small");
      note.textContent = item.note;
      value.append(note);
    }
    cell.append(name, value);
    return cell;
  }));
  list.removeAttribute("data-waiting");
}
