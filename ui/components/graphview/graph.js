// Draws a pyvis network with vis-network from our own static folder. Only data comes from documents, and it is drawn as text.

const loadVis = () => globalThis.vis?.Network ? Promise.resolve(globalThis.vis) : (globalThis.__zerenVis ??=
  import(new URL("app/static/vis-network-9.1.2.min.js", document.baseURI).href).then(() => globalThis.vis));

// Nodes that stay keep their places: only the difference goes to the data set.
function sync(set, rows) {
  const want = new Set(rows.map((row) => row.id));
  set.remove(set.getIds().filter((id) => !want.has(id)));
  set.update(rows.map((row) => ({ full: undefined, base: undefined, ...row })));
}

const boxed = (options) => options.nodes?.shape === "box";     // columns of boxes with their names in them

// Colours of lines and letters follow the page, so that a picture reads in light and in dark.
function themed(options, box, printed) {
  const style = getComputedStyle(box);
  const given = (name, other) => (!printed && style.getPropertyValue(name).trim()) || other;
  const text = given("--z-ink", "#111111"), paper = given("--z-paper", "#ffffff");
  const line = given("--z-line", "#77797d"), accent = given("--z-accent", text);
  const wash = given("--z-band", "#f5f4f0");       // boxes are filled with paper; other shapes bring their colours
  const filled = { background: paper, highlight: { background: wash }, hover: { background: wash } };
  const nodes = { ...options.nodes, ...(boxed(options) ? { color: filled } : {}), font: { ...options.nodes?.font, color: text, strokeWidth: 3, strokeColor: paper } };
  const edges = { ...options.edges, color: { color: line, highlight: accent, hover: accent, opacity: 1 },
    font: { ...options.edges?.font, color: text, strokeWidth: 4, strokeColor: paper } };
  return { ...options, nodes, edges };
}

// Names are wide and canvases too: a settled round layout is stretched until it fills the box.
function stretch(net, box) {
  const places = Object.entries(net.getPositions());
  if (places.length < 4 || net.body.nodeIndices.some((id) => net.body.nodes[id].options.fixed.x)) return;
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
  const box = net.body.container, places = Object.values(net.getPositions());
  const span = (axis) => Math.max(...places.map((p) => p[axis])) - Math.min(...places.map((p) => p[axis])) || 1;
  const around = Math.min((box.clientWidth - 130) / span("x"), (box.clientHeight - 80) / span("y"));  // names stand out by 60 pixels
  const scale = Math.min(boxed(state.options) ? net.getScale() * 0.97 : around, 1.3), position = net.getViewPosition();
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
    else if (event.key === "p" && state.pinner) state.pinner.click();
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

// Outlines of the shapes as polygons around (0, 0), one unit large.
const POLYGONS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.15], [1.15, 0.85], [-1.15, 0.85]],
  triangleDown: [[-1.15, -0.85], [1.15, -0.85], [0, 1.15]],
  hexagon: [[-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0]],
  star: [...Array(10).keys()].map((i) => { const r = i % 2 ? 0.5 : 1.25, a = Math.PI * i / 5; return [r * Math.sin(a), -r * Math.cos(a)]; }),
};

// The picture as vectors, as it lies now, on white; words of documents become text nodes.
function vectors(state, data) {
  const { net, nodes, edges } = state, boxes = {}, places = net.getPositions();
  for (const id of nodes.getIds()) boxes[id] = net.getBoundingBox(id);
  const all = Object.values(boxes), edge = 24;
  const left = Math.min(...all.map((b) => b.left)) - edge, top = Math.min(...all.map((b) => b.top)) - edge;
  const wide = Math.max(...all.map((b) => b.right)) + edge - left, high = Math.max(...all.map((b) => b.bottom)) + edge - top;
  const make = (tag, given, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const svg = make("svg", { viewBox: [left, top, wide, high].map(Math.round).join(" "), width: Math.round(wide), height: Math.round(high),
    "font-family": "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif" });
  svg.append(make("title", {}, data.label), make("rect", { x: left, y: top, width: wide, height: high, fill: "#ffffff" }));
  const tip = make("marker", { id: "tip", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 9, markerHeight: 9, orient: "auto", markerUnits: "userSpaceOnUse" });
  tip.append(make("path", { d: "M0 0L8 4L0 8z", fill: "#77797d" }));
  svg.append(tip);
  for (const line of edges.get()) {
    const a = places[line.from], b = places[line.to];
    if (!a || !b) continue;
    const layered = nodes.get(line.to).shape === "box", ra = boxes[line.from], rb = boxes[line.to];
    const far = Math.hypot(b.x - a.x, b.y - a.y) || 1, short = (nodes.get(line.to).size ?? 12) + 3;
    const end = layered ? { x: rb.left, y: b.y } : { x: b.x - (b.x - a.x) * short / far, y: b.y - (b.y - a.y) * short / far };
    const d = layered ? `M${ra.right} ${a.y}C${(ra.right + end.x) / 2} ${a.y} ${(ra.right + end.x) / 2} ${end.y} ${end.x} ${end.y}` : `M${a.x} ${a.y}L${end.x} ${end.y}`;
    const path = make("path", { d, fill: "none", stroke: "#77797d", "stroke-width": line.width ?? 1, "marker-end": "url(#tip)" });
    if (line.dashes) path.setAttribute("stroke-dasharray", [].concat(line.dashes).join(" "));
    if (line.title) path.append(make("title", {}, line.title));
    svg.append(path);
  }
  for (const node of nodes.get()) {
    const { x, y } = places[node.id], r = node.size ?? 12, name = node.full ?? node.label ?? "", b = boxes[node.id], group = make("g", {});
    if (node.title) group.append(make("title", {}, node.title));
    if (node.shape === "box") {
      const dashes = node.shapeProperties?.borderDashes;
      const rect = make("rect", { x: b.left, y: b.top, width: b.right - b.left, height: b.bottom - b.top, rx: 4, fill: "#ffffff", stroke: node.color?.border ?? "#77797d", "stroke-width": 1.5 });
      if (dashes) rect.setAttribute("stroke-dasharray", dashes.join(" "));
      group.append(rect);
      const lines = (net.body.nodes[node.id].labelModule?.lines ?? [{ blocks: [{ text: name }] }]).map((l) => l.blocks.map((k) => k.text).join(""));
      lines.forEach((text, i) => group.append(make("text", { x, y: y + (i - (lines.length - 1) / 2) * 15 + 4.5, "font-size": 13, "text-anchor": "middle", fill: "#111111" }, text)));
    } else {
      const shape = POLYGONS[node.shape];
      const look = { fill: typeof node.color === "string" ? node.color : node.color?.background ?? "#868b93" };
      group.append(shape ? make("polygon", { ...look, points: shape.map(([px, py]) => `${(x + px * r).toFixed(1)},${(y + py * r).toFixed(1)}`).join(" ") }) : make("circle", { ...look, cx: x, cy: y, r }));
      group.append(make("text", { x, y: y + r + 15, "font-size": node.base ?? 13, "text-anchor": "middle", fill: "#111111", stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke" }, name));
    }
    svg.append(group);
  }
  return new XMLSerializer().serializeToString(svg);
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address; link.download = name; link.click();
}

// Kinds of node as switches: shape, colour, name, how many; one that is off is left out of the picture.
function kinds(root, box, data) {
  const bar = root.querySelector(".z-graph-kinds");
  bar.replaceChildren(...(data.kinds ?? []).map((kind) => {
    const button = document.createElement("button"), sign = document.createElement("span");
    button.type = "button";
    sign.className = "z-kind z-kind-" + kind.key;
    button.append(sign, kind.label + " " + kind.n);
    button.setAttribute("aria-pressed", !kind.hidden);
    button.onclick = () => box.__send("hide", kind.key);
    return button;
  }));
}

// A node that is pinned keeps its place when others come; its place stands in the address.
function pin(box, state, id, on) {
  const at = state.net.getPosition(id);
  box.__send("pin", on ? { id, x: Math.round(at.x), y: Math.round(at.y) } : { id });
}

function pinned(state, id) { return Boolean(state.nodes.get(id)?.fixed); }

function buttons(bar, box, state, data) {
  const make = (label, act) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = label; button.onclick = act;
    bar.append(button);
    return button;
  };
  if (data.kinds) {
    state.pinner = make(data.words.pin, () => {
      const id = state.net.getSelectedNodes()[0];
      if (id !== undefined) pin(box, state, id, !pinned(state, id));
    });
    state.net.on("dragEnd", (p) => { if (p.nodes.length) pin(box, state, p.nodes[0], true); });
  }
  make(data.words.fit, () => fit(state, true));
  make("+", () => zoom(state, 1.25)).setAttribute("aria-label", data.words.zoom_in);
  make("−", () => zoom(state, 0.8)).setAttribute("aria-label", data.words.zoom_out);
  make("PNG", () => save(snapshot(box), data.file + ".png"));
  make("SVG", () => {
    const address = URL.createObjectURL(new Blob([vectors(state, data)], { type: "image/svg+xml" }));
    save(address, data.file + ".svg");
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  });
}

function start(vis, root, box, data) {
  const nodes = new vis.DataSet(data.nodes), edges = new vis.DataSet(data.edges);
  const net = new vis.Network(box, { nodes, edges }, themed(data.options, box));
  const state = { net, nodes, edges, rev: data.rev, options: data.options };
  const settle = () => {
    net.setOptions({ physics: false });
    if (!boxed(data.options)) stretch(net, box);
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
    if (!boxed(data.options)) stretch(state.net, box);
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
  box.__send = setTriggerValue;
  kinds(parentElement, box, data);
  // as tall as the window has room for, so that the whole picture is seen without scrolling
  const wide = Math.max(...data.nodes.map((node) => node.x ?? 0)) + 130;
  const room = boxed(data.options) ? data.height * Math.min(1, box.clientWidth / wide) : Math.min(data.height, innerHeight - box.getBoundingClientRect().top - 20);
  if (!box.__state) box.style.height = Math.max(boxed(data.options) ? 220 : 360, room) + "px";
  box.setAttribute("aria-label", data.label); box.setAttribute("role", "application"); box.tabIndex = 0;
  loadVis().then((vis) => {
    if (!box.__state) box.__state = start(vis, parentElement, box, data);
    else if (box.__state.rev !== data.rev) change(box, box.__state, data);
    box.__state.options = data.options;
    if (data.kinds) {
      const fixed = (node) => ({ id: node.id, fixed: node.fixed ?? false, borderWidth: node.borderWidth ?? 1 });
      box.__state.nodes.update(data.nodes.map(fixed));
    }
    const chosen = data.chosen && box.__state.nodes.get(data.chosen) ? [data.chosen] : [];
    box.__state.net.selectNodes(chosen, false);
    if (box.__state.pinner) {
      const state = box.__state;
      state.pinner.disabled = !chosen.length;
      state.pinner.textContent = chosen.length && pinned(state, chosen[0]) ? data.words.unpin : data.words.pin;
    }
    box.dataset.nodes = box.__state.nodes.length;
    box.removeAttribute("data-waiting");
  });
  return () => {
    if (box.isConnected || !box.__state) return;
    globalThis.removeEventListener("beforeprint", box.__state.paint);
    box.__state.dark.removeEventListener("change", box.__state.repaint);
    box.__state.net.destroy();
    box.__state = null;
  };
}
