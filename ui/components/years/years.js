// Years as columns; the number stands above each, its parts are read out, a click leads on.

const TALL = 38;

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".z-years");
  list.setAttribute("aria-label", data.label);
  const sum = (item) => item.parts.reduce((n, part) => n + part.n, 0);
  const most = Math.max(1, ...data.items.map(sum));
  list.replaceChildren(...data.items.map((item) => {
    const cell = document.createElement("li"), holder = document.createElement(item.h ? "a" : "span");
    const number = document.createElement("b"), bar = document.createElement("span"), year = document.createElement("small");
    number.textContent = sum(item).toLocaleString("en-US");
    bar.className = "z-years-bar";
    for (const part of item.parts) {
      if (!part.n) continue;
      const piece = document.createElement("i");
      piece.className = "z-years-" + part.style;
      piece.style.height = Math.max(2, TALL * part.n / most) + "px";
      bar.append(piece);
    }
    year.textContent = item.year;
    holder.title = item.parts.filter((part) => part.n).map((part) => part.words + " " + part.n).join(" · ");
    holder.setAttribute("aria-label", item.year + ": " + (holder.title || number.textContent));
    if (!item.h) holder.setAttribute("role", "img");
    cell.className = (item.on ? "z-years-on" : "") + (item.past ? " z-years-past" : "");
    if (item.on) holder.setAttribute("aria-current", "true");
    if (item.h) {
      holder.href = item.h;
      holder.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        setTriggerValue("open", item.h);
      };
    }
    holder.append(number, bar, year);
    cell.append(holder);
    return cell;
  }));
  list.removeAttribute("data-waiting");
}
