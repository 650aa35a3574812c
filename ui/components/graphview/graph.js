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
const LINE = 1.25;     // height of a line of a name, in its font's size

const nameOf = (node) => node.full ?? node.label ?? "";
const widest = (lines) => Math.max(...lines.map((line) => [...line].reduce((sum, c) => sum + (c.charCodeAt(0) > 255 ? 1 : 0.56), 0)));

// On the screen, at a scale: the node's shape and, below it, its name.
function bounds(node, at, scale) {
  const r = (node.size ?? 12) * scale, lines = nameOf(node).split("\n");
  const size = Math.max((node.base ?? node.font?.size ?? 13) * scale, READABLE), half = widest(lines) * size / 2;
  const x = at.x * scale, y = at.y * scale;
  return { id: node.id, size, shape: { x1: x - r * 0.8, x2: x + r * 0.8, y1: y - r * 0.8, y2: y + r * 0.8 },
    name: { x1: x - half + 1, x2: x + half - 1, y1: y + r + 2, y2: y + r + 2 + lines.length * size * LINE } };
}

// The scale at which some places fill the box, with room at the edges for the names.
function filling(places, box) {
  const span = (axis) => Math.max(...places.map((p) => p[axis])) - Math.min(...places.map((p) => p[axis])) || 1;
  return Math.min((box.clientWidth - 130) / span("x"), (box.clientHeight - 90) / span("y"), 1.3);
}

const FULL = 0.6;      // share of the box that names may take; with more of them not all can have room

// Nodes whose names would lie on one another move apart; those that are `still` stay.
function spread(state, still) {
  const { net, nodes } = state, box = net.body.container, rows = nodes.get().filter((node) => node.shape !== "box");
  const places = net.getPositions(rows.map((node) => node.id));
  for (let round = 0; round < 5; round++) {
    const scale = filling(Object.values(places), box);
    const all = rows.map((node) => {
      const { shape, name } = bounds(node, places[node.id], scale);
      return { id: node.id, still: Boolean(node.fixed) || still.has(node.id), x: 0, y: 0,
        x1: Math.min(shape.x1, name.x1) - 5, x2: Math.max(shape.x2, name.x2) + 5, y1: shape.y1 - 3, y2: name.y2 + 3 };
    });
    const taken = all.reduce((sum, one) => sum + (one.x2 - one.x1) * (one.y2 - one.y1), 0);
    if (taken > FULL * box.clientWidth * box.clientHeight) break;
    let moved = false;
    for (let step = 0, clear = false; step < 80 && !clear; step++) {
      clear = true;
      for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) {
        const a = all[i], b = all[j];
        const across = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1), down = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
        if (across <= 0 || down <= 0 || (a.still && b.still)) continue;
        clear = false; moved = true;
        const flat = across < down, [low, high] = flat ? ["x1", "x2"] : ["y1", "y2"], axis = flat ? "x" : "y";
        const by = (a[low] + a[high] < b[low] + b[high] ? -1 : 1) * (flat ? across : down) * (a.still || b.still ? 1 : 0.5);
        for (const [one, sign] of [[a, 1], [b, -1]]) if (!one.still) { one[low] += sign * by; one[high] += sign * by; one[axis] += sign * by; }
      }
    }
    for (const one of all) { places[one.id].x += one.x / scale; places[one.id].y += one.y / scale; }
    if (!moved) break;
  }
  for (const [id, p] of Object.entries(places)) net.moveNode(id, p.x, p.y);
}

// What comes out of the layout, brought into the shape of the box with room for the names.
function lay(state, box) {
  stretch(state.net, box);
  spread(state, new Set());
  stretch(state.net, box);
}

// Names that would lie on one another are left out, the more important ones stay; zooming in brings them back.
function declutter(state) {
  const { net, nodes } = state, scale = net.getScale(), changed = [];
  const rows = nodes.get().filter((node) => node.shape !== "box");
  if (!rows.length) return;
  const places = net.getPositions(rows.map((node) => node.id));
  const at = new Map(rows.map((node) => [node.id, bounds(node, places[node.id], scale)]));
  const taken = [...at.values()].map((found) => ({ ...found.shape, id: found.id }));
  const chosen = new Set(net.getSelectedNodes());
  rows.sort((a, b) => chosen.has(b.id) - chosen.has(a.id) || (b.size ?? 0) - (a.size ?? 0));
  for (const node of rows) {
    const { name, size } = at.get(node.id), full = nameOf(node), base = node.base ?? node.font?.size ?? 13;
    const fits = taken.every((b) => b.id === node.id || name.x2 < b.x1 || name.x1 > b.x2 || name.y2 < b.y1 || name.y1 > b.y2);
    const shown = fits || chosen.has(node.id);
    if (shown) taken.push(name);
    const font = { ...node.font, size: size / scale };
    if ((shown ? full : undefined) !== node.label || node.full === undefined || Math.abs(font.size - (node.font?.size ?? 0)) > 0.3) {
      changed.push({ id: node.id, label: shown ? full : undefined, full, base, font });
    }
  }
  if (changed.length) nodes.update(changed);
}

// The whole picture, with room at the edges for the names.
function fit(state, animated, near) {
  const { net, nodes } = state, box = net.body.container, view = {};
  if (boxed(state.options)) {
    const { left, top, wide, high } = extent(state, 14);
    const whole = Math.min(box.clientWidth / wide, box.clientHeight / high, 1.15);
    Object.assign(view, { scale: whole, position: { x: left + wide / 2, y: top + high / 2 } });
    if (near && whole < LEGIBLE) {                  // a phone: the part around one step, the rest by dragging
      const at = net.getPosition(near), half = box.clientWidth / LEGIBLE / 2;
      Object.assign(view, { scale: LEGIBLE, position: { x: Math.min(Math.max(at.x, left + half), left + wide - half), y: top + Math.min(high, box.clientHeight / LEGIBLE) / 2 } });
    }
  } else {
    const places = Object.values(net.getPositions(nodes.getIds())), scale = filling(places, box);
    const middle = (axis) => (Math.max(...places.map((p) => p[axis])) + Math.min(...places.map((p) => p[axis]))) / 2;
    Object.assign(view, { scale, position: { x: middle("x"), y: middle("y") + 14 / scale } });   // names stand below
  }
  net.moveTo({ ...view, ...(animated ? { animation: { duration: 250 } } : {}) });
  if (!animated) declutter(state);
}

const LEGIBLE = 0.62;  // scale below which words in boxes cannot be read
const HEAD = 40;       // room above the columns for what they are called

// The rectangle that holds all there is, with `edge` around it.
function extent(state, edge) {
  const all = state.nodes.getIds().map((id) => state.net.getBoundingBox(id));
  const left = Math.min(...all.map((b) => b.left)) - edge - (state.sides.length ? 20 : 0);
  const top = Math.min(...all.map((b) => b.top)) - edge - (state.heads.length ? HEAD : 0);
  return { left, top, wide: Math.max(...all.map((b) => b.right)) + edge - left, high: Math.max(...all.map((b) => b.bottom)) + edge - top };
}

// What vis does not draw: the names of columns, and lines between boxes of one column, which go around on the left.
function extras(state, box, pen) {
  if (!state.heads.length) return;
  const style = getComputedStyle(box), colour = (name, other) => (!state.printing && style.getPropertyValue(name).trim()) || other;
  const { net } = state, top = extent(state, 0).top;
  pen.save();
  pen.font = `600 13px ${state.options.nodes.font.face}`; pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineWidth = 1;
  pen.fillStyle = colour("--z-soft", "#444444"); pen.strokeStyle = colour("--z-rule", "#999999");
  for (const head of state.heads) {
    pen.fillText(head.label, head.x, top + 8);
    pen.beginPath(); pen.moveTo(head.x - head.wide / 2, top + 22); pen.lineTo(head.x + head.wide / 2, top + 22); pen.stroke();
  }
  pen.strokeStyle = pen.fillStyle = colour("--z-line", "#77797d"); pen.lineWidth = 1.2;
  for (const line of state.sides) {
    const { x1, y1, x2, y2, bend } = around(net.getBoundingBox(line.from), net.getBoundingBox(line.to));
    pen.beginPath(); pen.moveTo(x1, y1); pen.bezierCurveTo(bend, y1, bend, y2, x2 - 5, y2); pen.stroke();
    pen.beginPath(); pen.moveTo(x2, y2); pen.lineTo(x2 - 7, y2 - 3.5); pen.lineTo(x2 - 7, y2 + 3.5); pen.fill();
  }
  pen.restore();
}

// From the left side of one box to the left side of another above or below it.
function around(a, b) {
  const down = b.top > a.top ? 1 : -1, y1 = (a.top + a.bottom) / 2 + 4 * down, y2 = (b.top + b.bottom) / 2 - 4 * down;
  return { x1: a.left, y1, x2: b.left, y2, bend: Math.min(a.left, b.left) - Math.min(14 + Math.abs(y2 - y1) * 0.08, 30) };
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
  const { left, top, wide, high } = extent(state, 24);
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
  for (const line of state.sides) {
    const { x1, y1, x2, y2, bend } = around(boxes[line.from], boxes[line.to]);
    svg.append(make("path", { d: `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`, fill: "none", stroke: "#77797d", "stroke-width": 1.2, "marker-end": "url(#tip)" }));
  }
  const word = { "font-size": 13, "text-anchor": "middle", fill: "#111111" };
  for (const head of state.heads) svg.append(make("text", { ...word, x: head.x, y: top + 36, "font-weight": 600 }, head.label));
  for (const node of nodes.get()) {
    const { x, y } = places[node.id], r = node.size ?? 12, name = nameOf(node), b = boxes[node.id], group = make("g", {});
    if (node.title) group.append(make("title", {}, node.title));
    if (node.shape === "box") {
      const dashes = node.shapeProperties?.borderDashes;
      const rect = make("rect", { x: b.left, y: b.top, width: b.right - b.left, height: b.bottom - b.top, rx: 4, fill: "#ffffff", stroke: node.color?.border ?? "#77797d", "stroke-width": 1.5 });
      if (dashes) rect.setAttribute("stroke-dasharray", dashes.join(" "));
      group.append(rect);
      const lines = (net.body.nodes[node.id].labelModule?.lines ?? [{ blocks: [{ text: name }] }]).map((l) => l.blocks.map((k) => k.text).join(""));
      lines.forEach((text, i) => group.append(make("text", { ...word, x, y: y + (i - (lines.length - 1) / 2) * 15 + 4.5 }, text)));
    } else {
      const shape = POLYGONS[node.shape];
      const look = { fill: typeof node.color === "string" ? node.color : node.color?.background ?? "#868b93" };
      group.append(shape ? make("polygon", { ...look, points: shape.map(([px, py]) => `${(x + px * r).toFixed(1)},${(y + py * r).toFixed(1)}`).join(" ") }) : make("circle", { ...look, cx: x, cy: y, r }));
      const size = node.base ?? 13, halo = { stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke" };
      name.split("\n").forEach((text, i) => group.append(make("text", { ...word, ...halo, x, y: y + r + 2 + size * (1 + i * LINE), "font-size": size }, text)));
    }
    svg.append(group);
  }
  return new XMLSerializer().serializeToString(svg);
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address; link.download = name; link.click();
}

// Kinds of node as switches: shape, colour, name, how many; one that is off is left out of the picture. Then what lines mean.
function kinds(root, box, data) {
  const made = (tag, sign, label) => {
    const one = document.createElement(tag), sample = document.createElement("span");
    sample.className = sign;
    one.append(sample, label);
    return one;
  };
  root.querySelector(".z-graph-kinds").replaceChildren(...data.kinds.map((kind) => {
    if (kind.n === undefined) return made("span", "z-kind z-kind-" + kind.key, kind.label);
    const button = made("button", "z-kind z-kind-" + kind.key, kind.label + " " + kind.n);
    button.type = "button";
    button.setAttribute("aria-pressed", !kind.hidden);
    button.onclick = () => box.__send("hide", kind.key);
    return button;
  }));
  root.querySelector(".z-graph-lines").replaceChildren(...data.lines.map((line) => made("span", "z-edge z-edge-" + line.style, line.label)));
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
  if (data.alive) {
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
  const nodes = new vis.DataSet(data.nodes), edges = new vis.DataSet(data.edges.filter((line) => !line.side));
  const net = new vis.Network(box, { nodes, edges }, themed(data.options, box));
  const state = { net, nodes, edges, rev: data.rev, options: data.options, heads: data.heads, sides: data.edges.filter((line) => line.side) };
  net.on("beforeDrawing", (pen) => extras(state, box, pen));
  const settle = () => {
    net.setOptions({ physics: false });
    if (!boxed(data.options)) lay(state, box);
    fit(state, false, data.chosen);
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
    state.printing = true;
    net.setOptions(themed(state.options, box, true)); net.redraw();
    print.src = snapshot(box, true); print.alt = data.label;
    state.printing = false;
    state.repaint();
  };
  state.repaint = () => net.setOptions(themed(state.options, box));
  state.dark = matchMedia("(prefers-color-scheme: dark)");
  globalThis.addEventListener("beforeprint", state.paint);
  state.dark.addEventListener("change", state.repaint);
  return state;
}

// New neighbours fan out from the node they belong to, away from all others, which make room where names need it.
function change(box, state, data) {
  const { net, nodes } = state, known = new Set(nodes.getIds()), fresh = data.nodes.filter((node) => !known.has(node.id));
  const centre = known.has(data.origin) ? net.getPosition(data.origin) : null, loose = fresh.filter((node) => node.x === undefined);
  state.rev = data.rev; state.heads = data.heads; state.sides = data.edges.filter((line) => line.side);
  if (centre) fan(loose, centre, Object.values(net.getPositions([...known])));
  sync(nodes, data.nodes); sync(state.edges, data.edges.filter((line) => !line.side));
  const done = () => {
    net.setOptions({ physics: false });
    fit(state, false);
    box.dataset.settled = state.rev;
  };
  if (data.options.physics?.enabled === false) return done();
  if (centre || !loose.length) {
    if (loose.length) { spread(state, new Set([data.origin])); stretch(net, box); }
    return done();
  }
  net.once("stabilized", () => { lay(state, box); done(); });
  net.setOptions({ physics: { ...data.options.physics, enabled: true } });
  net.stabilize(250);
}

const STEP = 130;      // between the arcs of a fan, and between two nodes on one

// Places on arcs around a point, the middle of each arc turned away from what is there.
function fan(fresh, centre, others) {
  const away = others.reduce((sum, p) => [sum[0] + centre.x - p.x, sum[1] + centre.y - p.y], [0, 0]);
  const to = Math.hypot(...away) > 1 ? Math.atan2(away[1], away[0]) : 0, open = Math.hypot(...away) > 1 ? 0.75 * Math.PI : 2 * Math.PI;
  for (let ring = 1, at = 0; at < fresh.length; ring++) {
    const room = Math.max(2, Math.floor(open * ring)), here = Math.min(room, fresh.length - at);
    for (let i = 0; i < here; i++, at++) {
      const angle = to + (here > 1 ? (i / (here - (open > 6 ? 0 : 1)) - 0.5) * open * Math.min(1, here / room + 0.15) : 0);
      fresh[at].x = centre.x + (ring + 0.4) * STEP * Math.cos(angle); fresh[at].y = centre.y + (ring + 0.4) * STEP * 0.8 * Math.sin(angle);
    }
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".z-graph");
  box.__send = setTriggerValue;
  kinds(parentElement, box, data);
  // as tall as the window has room for, so that the whole picture is seen without scrolling
  const wide = data.heads.length ? data.heads.at(-1).x + data.heads.at(-1).wide / 2 + 50 : 1;
  const room = boxed(data.options) ? data.height * Math.max(LEGIBLE, Math.min(1, box.clientWidth / wide)) : Math.min(data.height, innerHeight - box.getBoundingClientRect().top - 50);
  if (!box.__state) box.style.height = Math.max(boxed(data.options) ? 220 : 360, room) + "px";
  box.setAttribute("aria-label", data.label); box.setAttribute("role", "application"); box.tabIndex = 0;
  loadVis().then((vis) => {
    if (!box.__state) box.__state = start(vis, parentElement, box, data);
    else if (box.__state.rev !== data.rev) change(box, box.__state, data);
    box.__state.options = data.options;
    if (data.alive) {
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
