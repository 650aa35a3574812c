// The text of a document with what was read from it marked. Text only ever becomes text nodes.

function toggles(bar, box, data) {
  bar.replaceChildren();
  for (const kind of data.kinds) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "z-read-kind";
    const sample = document.createElement("span"), count = document.createElement("span");
    sample.className = "z-m z-m-" + kind.key; sample.textContent = kind.label;
    count.className = "z-read-n"; count.textContent = kind.count;
    button.append(sample, count);
    const show = (on) => { button.setAttribute("aria-pressed", on); box.classList.toggle("z-hide-" + kind.key, !on); };
    show(!box.classList.contains("z-hide-" + kind.key));
    button.onclick = () => show(button.getAttribute("aria-pressed") !== "true");
    bar.append(button);
  }
}

function fill(box, data, send) {
  const text = document.createDocumentFragment();
  for (const piece of data.segments) {
    if (!piece.k && !piece.on) { text.append(document.createTextNode(piece.t)); continue; }
    const mark = document.createElement(piece.id ? "mark" : "span");
    mark.textContent = piece.t;
    mark.className = (piece.k ?? []).map((kind) => "z-m z-m-" + kind).join(" ") + (piece.on ? " z-on" : "");
    if (piece.tip) mark.title = piece.tip;
    if (piece.id) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.onclick = () => send("picked", piece.id);
      mark.onkeydown = (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); mark.onclick(); }
      };
    }
    text.append(mark);
  }
  box.replaceChildren(text);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".z-read"), bar = parentElement.querySelector(".z-read-bar");
  box.setAttribute("aria-label", data.label); box.setAttribute("role", "region"); box.tabIndex = 0;
  const same = box.dataset.rev === data.rev, top = box.scrollTop;
  toggles(bar, box, data);
  if (!same) box.style.height = Math.max(360, innerHeight - Math.max(box.getBoundingClientRect().top, 120) - 20) + "px";
  fill(box, data, setTriggerValue);
  box.dataset.rev = data.rev;
  const on = box.querySelector(".z-on");
  box.dataset.focus = data.focus;
  if (on && box.dataset.seen !== data.rev + data.focus) {
    box.scrollTop = on.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - box.clientHeight / 3;
  } else if (same) box.scrollTop = top;
  box.dataset.seen = data.rev + data.focus;
  box.removeAttribute("data-waiting");
}
