// A table people can read and print: wrapped text, one-click links to the sentence, filter and sort without a round trip.

const STEP = 100;
const plain = (cell) => cell === null || cell === undefined ? "" : typeof cell === "object" ? String(cell.t ?? "") : String(cell);
const weight = (cell) => cell !== null && typeof cell === "object" && cell.o !== undefined ? cell.o : typeof cell === "number" ? cell : plain(cell);

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function link(cell, send, className) {
  const made = element("a", className, plain(cell));
  made.href = cell.h;
  made.onclick = (event) => {                       // a plain click stays in the app; with a modifier it opens a tab
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    send("open", cell.h);
  };
  return made;
}

function draw(td, cell, kind, send) {
  const text = plain(cell);
  if (!text) { td.append(element("span", "z-none", "—")); return; }
  if (cell.r) { td.append(element("span", "z-role z-role-" + cell.r, text)); return; }
  if (cell.k) { td.append(element("span", "z-kind z-kind-" + cell.k)); }
  const made = cell.h ? link(cell, send, kind === "quote" ? "z-quote" : cell.k || cell.s ? "z-link" : "z-link z-clamp") : element("span", kind === "quote" ? "z-quote" : "z-clamp", text);
  td.append(made);
  if (cell.m) td.append(" ", element("span", "z-role z-role-found", cell.m));
  if (cell.s) td.append("\u2002", element("span", "z-sub", cell.s));
  if (cell.q) td.append(cell.qh ? link({ t: cell.q, h: cell.qh }, send, "z-quote") : element("span", "z-quote", cell.q));
}

function rowsOf(state) {
  const needle = state.needle.trim().toLowerCase().split(/\s+/).filter(Boolean);
  let rows = state.data.rows;
  if (needle.length) rows = rows.filter((row) => {
    const text = row.map((cell) => plain(cell) + " " + (cell?.s ?? "") + " " + (cell?.q ?? "")).join(" ").toLowerCase();
    return needle.every((word) => text.includes(word));
  });
  if (state.by === null) return rows;
  const order = new Intl.Collator("zh-CN", { numeric: true });
  const sign = state.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = weight(a[state.by]), y = weight(b[state.by]);
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : order.compare(String(x), String(y)));
  });
}

// A box before a row; those ticked are what the buttons below the table act on.
function tick(state, id, name, again) {
  const td = element("td", "z-c-tick"), box = document.createElement("input");
  box.type = "checkbox"; box.checked = state.chosen.has(id); box.setAttribute("aria-label", name);
  box.onchange = () => {
    if (box.checked) state.chosen.add(id); else state.chosen.delete(id);
    state.tell(); again();
  };
  td.append(box);
  return td;
}

function tickAll(root, state, rows, again) {
  const box = root.querySelector("th input"), ids = rows.map((row) => state.data.ids[state.data.rows.indexOf(row)]);
  const n = ids.filter((id) => state.chosen.has(id)).length;
  box.checked = n > 0 && n === ids.length; box.indeterminate = n > 0 && n < ids.length;
  box.onchange = () => {
    for (const id of ids) if (box.checked) state.chosen.add(id); else state.chosen.delete(id);
    state.tell(); again();
  };
}

function render(root, state, send) {
  const { data } = state, rows = rowsOf(state), shown = rows.slice(0, state.limit);
  const body = document.createDocumentFragment();
  for (const row of shown) {
    const tr = document.createElement("tr");
    if (data.ids) tr.append(tick(state, data.ids[data.rows.indexOf(row)], plain(row[0]), () => render(root, state, send)));
    row.forEach((cell, i) => {
      const column = data.columns[i], td = element("td", "z-c-" + column.kind + (plain(cell) ? "" : " z-empty-cell")), said = document.createElement("div");
      td.dataset.label = column.label;
      draw(said, cell, column.kind, send);
      td.append(said); tr.append(td);
    });
    body.append(tr);
  }
  root.querySelector("tbody").replaceChildren(body);
  if (data.ids) tickAll(root, state, rows, () => render(root, state, send));
  root.querySelectorAll("th[data-column]").forEach((th, i) => {
    th.setAttribute("aria-sort", state.by === i ? (state.down ? "descending" : "ascending") : "none");
  });
  const count = root.querySelector(".z-sheet-count");
  count.textContent = (rows.length === data.total ? data.words.all : data.words.some)
    .replace("{n}", rows.length.toLocaleString("en-US")).replace("{total}", data.total.toLocaleString("en-US"));
  root.querySelector(".z-sheet-none").hidden = rows.length > 0;
  const more = root.querySelector(".z-sheet-more");
  more.hidden = rows.length <= state.limit;
  more.textContent = data.words.more.replace("{n}", rows.length - state.limit);
}

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  const root = parentElement.querySelector(".z-sheet");
  const state = root.__state ??= { needle: "", by: null, down: false, limit: STEP, chosen: new Set() };
  if (state.rev !== data.rev) Object.assign(state, { by: null, down: false, limit: STEP, needle: "", rev: data.rev });
  state.data = data;
  const there = new Set(data.ids ?? []);
  for (const id of state.chosen) if (!there.has(id)) state.chosen.delete(id);
  state.tell = () => setStateValue("chosen", [...state.chosen]);
  const search = root.querySelector("input"), bar = root.querySelector(".z-sheet-bar");
  bar.hidden = data.rows.length < 8 || !data.search;
  search.placeholder = data.words.filter; search.setAttribute("aria-label", data.words.filter); search.value = state.needle;
  const again = () => render(root, state, setTriggerValue);
  search.oninput = () => { state.needle = search.value; state.limit = STEP; again(); };
  root.querySelector("caption").textContent = data.label;
  root.classList.toggle("z-sheet-cards", data.columns.filter((column) => column.kind !== "number").length > 2);
  root.querySelector(".z-sheet-none").textContent = data.words.none;
  const frame = root.querySelector(".z-sheet-box");
  // a table beside something tall ends where the window does
  const room = () => Math.max(300, innerHeight - Math.max(frame.getBoundingClientRect().top, 100) - 20);
  if (state.sized !== data.rev) frame.style.maxHeight = data.height ? (data.height < 0 ? room() : data.height) + "px" : "none";
  state.sized = data.rev;
  frame.setAttribute("aria-label", data.label); frame.setAttribute("role", "region"); frame.tabIndex = 0;
  const head = document.createElement("tr");
  if (data.ids) {
    const th = element("th", "z-c-tick"), box = document.createElement("input");
    th.scope = "col"; box.type = "checkbox"; box.setAttribute("aria-label", data.words.tick);
    th.append(box); head.append(th);
  }
  data.columns.forEach((column, i) => {
    const th = element("th", "z-c-" + column.kind), button = element("button", "", column.label);
    th.scope = "col"; th.dataset.column = column.key; th.dataset.label = column.label; button.type = "button";
    if (column.width) th.style.width = column.width;
    button.onclick = () => {
      if (state.by === i && state.down) { state.by = null; state.down = false; }
      else { state.down = state.by === i; state.by = i; }
      again();
    };
    th.append(button); head.append(th);
  });
  root.querySelector("thead").replaceChildren(head);
  root.querySelector(".z-sheet-more").onclick = () => { state.limit += STEP * 5; again(); };
  if (!state.printing) {                              // on paper every row
    state.printing = () => { state.limit = Infinity; render(root, state, setTriggerValue); };
    globalThis.addEventListener("beforeprint", state.printing);
  }
  again();
  root.dataset.rows = data.rows.length;
  root.removeAttribute("data-waiting");
  return () => { if (!root.isConnected && state.printing) globalThis.removeEventListener("beforeprint", state.printing); };
}
