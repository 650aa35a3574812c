// Draws a pyvis network with vis-network from our own static folder. Only data comes from documents, and it is drawn as text.

const loadVis = () => globalThis.vis?.Network ? Promise.resolve(globalThis.vis) : (globalThis.__zerenVis ??=
  import(new URL("app/static/vis-network-9.1.2.min.js", document.baseURI).href).then(() => globalThis.vis));

// Nodes that stay keep their places: only the difference goes to the data set.
function sync(set, rows) {
  const want = new Set(rows.map((row) => row.id));
  set.remove(set.getIds().filter((id) => !want.has(id)));
  set.update(rows.map((row) => ({ full: undefined, base: undefined, ...row })));
}

// Colours of lines and letters follow the page, so that a picture reads in light and in dark.
function themed(options, box, printed) {
  const style = getComputedStyle(box);
  const given = (name, other) => (!printed && style.getPropertyValue(name).trim()) || other;
  const text = given("--z-ink", "#111111"), paper = given("--z-paper", "#ffffff");
  const line = given("--z-line", "#77797d"), accent = given("--z-accent", text);
  const nodes = { ...options.nodes, font: { ...options.nodes?.font, color: text, strokeWidth: 3, strokeColor: paper } };
  const edges = { ...options.edges, color: { color: line, highlight: accent, hover: accent, opacity: 1 },
    font: { ...options.edges?.font, color: text, strokeWidth: 4, strokeColor: paper } };
  return { ...options, nodes, edges };
}

// Names are wide and canvases too: a settled round layout is stretched until it fills the box.
function stretch(net, box) {
  const places = Object.entries(net.getPositions());
  if (places.length < 4) return;
  const xs = places.map(([, p]) => p.x), ys = places.map(([, p]) => p.y);
  const wide = Math.max(...xs) - Math.min(...xs) || 1, high = Math.max(...ys) - Math.min(...ys) || 1;
  const factor = Math.min(2.2, (box.clientWidth / box.clientHeight) / (wide / high));
  if (factor > 1.05) for (const [id, p] of places) net.moveNode(id, p.x * factor, p.y);
}

const READABLE = 12;   // pixels a name keeps on the screen however far the picture is zoomed out

// Names that would lie on one another are left out, the more important ones stay; zooming in brings them back.
function declutter(state) {
  const { net, nodes } = state, scale = net.getScale(), taken = [], changed = [];
  const rows = nodes.get().filter((node) => node.shape !== "box");
  if (!rows.length) return;
  const places = net.getPositions(rows.map((node) => node.id));
  const radius = (node) => (node.size ?? 12) * scale;
  for (const node of rows) {
    const p = places[node.id], r = radius(node) * 0.8;
    taken.push({ x1: p.x * scale - r, x2: p.x * scale + r, y1: p.y * scale - r, y2: p.y * scale + r, id: node.id });
  }
  const chosen = new Set(net.getSelectedNodes());
  rows.sort((a, b) => chosen.has(b.id) - chosen.has(a.id) || (b.size ?? 0) - (a.size ?? 0));
  for (const node of rows) {
    const name = node.full ?? node.label ?? "", base = node.base ?? node.font?.size ?? 13;
    const size = Math.max(base * scale, READABLE), p = places[node.id];
    const width = [...name].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 1 : 0.56), 0) * size;
    const x = p.x * scale, y = p.y * scale + radius(node) + 2;
    const at = { x1: x - width / 2 + 2, x2: x + width / 2 - 2, y1: y, y2: y + size * 1.3 };
    const fits = taken.every((b) => b.id === node.id || at.x2 < b.x1 || at.x1 > b.x2 || at.y2 < b.y1 || at.y1 > b.y2);
    const shown = fits || chosen.has(node.id);
    if (shown) taken.push(at);
    const font = { ...node.font, size: size / scale };
    if ((shown ? name : undefined) !== node.label || node.full === undefined || Math.abs(font.size - (node.font?.size ?? 0)) > 0.3) {
      changed.push({ id: node.id, label: shown ? name : undefined, full: name, base, font });
    }
  }
  if (changed.length) nodes.update(changed);
}

// The whole picture, with room at the edges for the names.
function fit(state, animated) {
  const { net } = state;
  net.fit();
  const scale = Math.min(net.getScale() * 0.9, 1.3), position = net.getViewPosition();
  net.moveTo({ scale, position, ...(animated ? { animation: { duration: 250 } } : {}) });
  if (!animated) declutter(state);
}

// The node that lies best in the direction of an arrow key.
function nearest(net, from, dx, dy) {
  const places = net.getPositions(), here = places[from];
  let best = null, least = Infinity;
  for (const [id, p] of Object.entries(places)) {
    const x = p.x - here.x, y = p.y - here.y, ahead = x * dx + y * dy;
    if (id === from || ahead <= 0) continue;
    const cost = Math.hypot(x, y) + 2 * Math.abs(x * dy - y * dx);
    if (cost < least) { least = cost; best = id; }
  }
  return best;
}

function zoom(state, factor) {
  state.net.moveTo({ scale: state.net.getScale() * factor });
  declutter(state);
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function keyboard(box, state) {
  const say = box.parentElement.querySelector(".z-graph-say");
  box.addEventListener("keydown", (event) => {
    const { net, nodes } = state, chosen = net.getSelectedNodes()[0];
    if (event.key in ARROWS) {
      const next = chosen === undefined ? nodes.getIds()[0] : nearest(net, String(chosen), ...ARROWS[event.key]);
      if (next !== null && next !== undefined) { net.selectNodes([next], false); say.textContent = nodes.get(next)?.title ?? ""; }
    } else if (event.key === "Enter" && chosen !== undefined) box.__send(event.shiftKey ? "expand" : "clicked", chosen);
    else if (event.key === "+" || event.key === "=") zoom(state, 1.25);
    else if (event.key === "-") zoom(state, 0.8);
    else if (event.key === "0") fit(state, true);
    else return;
    event.preventDefault();
  });
}

// The picture as an image, on the page's paper or, when printed, on white.
function snapshot(box, printed) {
  const canvas = box.querySelector("canvas"), copy = document.createElement("canvas");
  copy.width = canvas.width; copy.height = canvas.height;
  const pen = copy.getContext("2d");
  pen.fillStyle = (!printed && getComputedStyle(box).getPropertyValue("--z-paper").trim()) || "#ffffff";
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(canvas, 0, 0);
  return copy.toDataURL("image/png");
}

function buttons(bar, box, state, data) {
  const make = (label, act) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = label; button.onclick = act;
    bar.append(button);
  };
  make(data.words.fit, () => fit(state, true));
  make("+", () => zoom(state, 1.25));
  make("−", () => zoom(state, 0.8));
  make("PNG", () => {
    const link = document.createElement("a");
    link.href = snapshot(box); link.download = data.file + ".png"; link.click();
  });
  bar.children[1].setAttribute("aria-label", data.words.zoom_in);
  bar.children[2].setAttribute("aria-label", data.words.zoom_out);
}

function start(vis, root, box, data) {
  const nodes = new vis.DataSet(data.nodes), edges = new vis.DataSet(data.edges);
  const net = new vis.Network(box, { nodes, edges }, themed(data.options, box));
  const state = { net, nodes, edges, rev: data.rev, options: data.options };
  const settle = () => {
    net.setOptions({ physics: false });
    stretch(net, box);
    fit(state, false);
    box.dataset.settled = state.rev;
  };
  let redraw = 0;
  const later = () => { clearTimeout(redraw); redraw = setTimeout(() => declutter(state), 120); };
  net.on("zoom", later); net.on("dragEnd", later); net.on("animationFinished", later); net.on("selectNode", later);
  if (data.options.physics?.enabled === false) settle(); else net.once("stabilizationIterationsDone", settle);
  let timer = 0;                                     // a double click is two clicks first
  net.on("click", (p) => {
    clearTimeout(timer);
    if (p.nodes.length) timer = setTimeout(() => box.__send("clicked", p.nodes[0]), 250);
  });
  box.addEventListener("dblclick", (event) => {      // the browser's own: vis counts milliseconds and misses slow hands
    clearTimeout(timer);
    const frame = box.getBoundingClientRect();
    const id = net.getNodeAt({ x: event.clientX - frame.left, y: event.clientY - frame.top });
    if (id !== undefined) box.__send("expand", id);
  });
  keyboard(box, state);
  buttons(root.querySelector(".z-graph-bar"), box, state, data);
  const print = root.querySelector(".z-graph-print");
  state.paint = () => {
    net.setOptions(themed(state.options, box, true)); net.redraw();
    print.src = snapshot(box, true); print.alt = data.label;
    state.repaint();
  };
  state.repaint = () => net.setOptions(themed(state.options, box));
  state.dark = matchMedia("(prefers-color-scheme: dark)");
  globalThis.addEventListener("beforeprint", state.paint);
  state.dark.addEventListener("change", state.repaint);
  return state;
}

// New neighbours begin in a ring around the node they belong to, then the layout runs a little.
function change(box, state, data) {
  state.rev = data.rev;
  const known = new Set(state.nodes.getIds()), fresh = data.nodes.filter((node) => !known.has(node.id));
  const centre = known.has(data.origin) ? state.net.getPosition(data.origin) : null;
  const kept = data.nodes.length - fresh.length;
  fresh.forEach((node, i) => {
    if (!centre || node.x !== undefined) return;
    const angle = 2 * Math.PI * i / fresh.length;
    node.x = centre.x + 140 * Math.cos(angle); node.y = centre.y + 140 * Math.sin(angle);
  });
  sync(state.nodes, data.nodes); sync(state.edges, data.edges);
  const done = () => {
    state.net.setOptions({ physics: false });
    stretch(state.net, box);
    fit(state, false);
    box.dataset.settled = state.rev;
  };
  if (!fresh.length || data.options.physics?.enabled === false) return done();
  state.net.once("stabilized", done);
  state.net.setOptions({ physics: { ...data.options.physics, enabled: true } });
  state.net.stabilize(kept ? 150 : 250);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".z-graph");
  // as tall as the window has room for, so that the whole picture is seen without scrolling
  const layered = data.options.layout?.hierarchical?.enabled;
  const room = layered ? data.height : Math.min(data.height, innerHeight - box.getBoundingClientRect().top - 20);
  if (!box.__state) box.style.height = Math.max(360, room) + "px";
  box.setAttribute("aria-label", data.label);
  box.__send = setTriggerValue;
  loadVis().then((vis) => {
    if (!box.__state) box.__state = start(vis, parentElement, box, data);
    else if (box.__state.rev !== data.rev) change(box, box.__state, data);
    box.__state.options = data.options;
    const chosen = data.chosen && box.__state.nodes.get(data.chosen) ? [data.chosen] : [];
    box.__state.net.selectNodes(chosen, false);
    box.dataset.nodes = box.__state.nodes.length;
  });
  return () => {
    if (box.isConnected || !box.__state) return;
    globalThis.removeEventListener("beforeprint", box.__state.paint);
    box.__state.dark.removeEventListener("change", box.__state.repaint);
    box.__state.net.destroy();
    box.__state = null;
  };
}
