// Draws a pyvis network with vis-network from our own static folder. Only data comes from documents, and it is drawn as text.

const loadVis = () => globalThis.vis?.Network ? Promise.resolve(globalThis.vis) : (globalThis.__zerenVis ??=
  import(new URL("app/static/vis-network-9.1.2.min.js", document.baseURI).href).then(() => globalThis.vis));

// Nodes that stay keep their places: only the difference goes to the data set.
function sync(set, rows) {
  const want = new Set(rows.map((row) => row.id));
  set.remove(set.getIds().filter((id) => !want.has(id)));
  set.update(rows);
}

// Colours of lines and letters follow the page, so that a picture reads in light and in dark.
function themed(options, box) {
  const style = getComputedStyle(box);
  const text = style.getPropertyValue("--z-ink").trim() || style.color;
  const paper = style.getPropertyValue("--z-paper").trim() || "#ffffff";
  const line = style.getPropertyValue("--z-line").trim() || "#8a8d92";
  const accent = style.getPropertyValue("--z-accent").trim() || text;
  const nodes = { ...options.nodes, font: { ...options.nodes?.font, color: text, strokeWidth: 3, strokeColor: paper } };
  const edges = { ...options.edges, color: { color: line, highlight: accent, hover: accent, opacity: 1 },
    font: { ...options.edges?.font, color: text, strokeWidth: 4, strokeColor: paper } };
  return { ...options, nodes, edges };
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

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function keyboard(box, state) {
  const say = box.parentElement.querySelector(".z-graph-say");
  box.addEventListener("keydown", (event) => {
    const { net, nodes } = state, chosen = net.getSelectedNodes()[0];
    if (event.key in ARROWS) {
      const next = chosen === undefined ? nodes.getIds()[0] : nearest(net, String(chosen), ...ARROWS[event.key]);
      if (next !== null && next !== undefined) { net.selectNodes([next]); say.textContent = nodes.get(next)?.title ?? ""; }
    } else if (event.key === "Enter" && chosen !== undefined) box.__send(event.shiftKey ? "expand" : "clicked", chosen);
    else if (event.key === "+" || event.key === "=") net.moveTo({ scale: net.getScale() * 1.25 });
    else if (event.key === "-") net.moveTo({ scale: net.getScale() / 1.25 });
    else if (event.key === "0") net.fit();
    else return;
    event.preventDefault();
  });
}

// The picture as a file: drawn on paper, so that it can be read in either theme.
function snapshot(box) {
  const canvas = box.querySelector("canvas"), copy = document.createElement("canvas");
  copy.width = canvas.width; copy.height = canvas.height;
  const pen = copy.getContext("2d");
  pen.fillStyle = getComputedStyle(box).getPropertyValue("--z-paper").trim() || "#ffffff";
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
  make(data.words.fit, () => state.net.fit({ animation: { duration: 250 } }));
  make("+", () => state.net.moveTo({ scale: state.net.getScale() * 1.25 }));
  make("−", () => state.net.moveTo({ scale: state.net.getScale() / 1.25 }));
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
  const settle = () => { net.setOptions({ physics: false }); net.fit(); box.dataset.settled = state.rev; };
  if (data.options.physics?.enabled === false) settle(); else net.once("stabilizationIterationsDone", settle);
  let timer = 0;                                     // a double click is two clicks first
  net.on("click", (p) => {
    clearTimeout(timer);
    if (p.nodes.length) timer = setTimeout(() => box.__send("clicked", p.nodes[0]), 250);
  });
  net.on("doubleClick", (p) => { clearTimeout(timer); if (p.nodes.length) box.__send("expand", p.nodes[0]); });
  keyboard(box, state);
  buttons(root.querySelector(".z-graph-bar"), box, state, data);
  const print = root.querySelector(".z-graph-print");
  state.paint = () => { print.src = snapshot(box); print.alt = data.label; };
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
    state.net.fit({ animation: { duration: 250 } });
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
  if (!box.__state) box.style.height = Math.max(360, Math.min(data.height, innerHeight - box.getBoundingClientRect().top - 20)) + "px";
  box.setAttribute("aria-label", data.label);
  box.__send = setTriggerValue;
  loadVis().then((vis) => {
    if (!box.__state) box.__state = start(vis, parentElement, box, data);
    else if (box.__state.rev !== data.rev) change(box, box.__state, data);
    box.__state.options = data.options;
    const chosen = data.chosen && box.__state.nodes.get(data.chosen) ? [data.chosen] : [];
    box.__state.net.selectNodes(chosen);
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
