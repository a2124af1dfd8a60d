"use strict";

/** How the page is looked at. All of it stands in the address, so that a view can be sent on. */
const state = {
  sweep: "", filter: "", brushes: {}, unit: "settings", columns: null, sort: null, selected: new Set(),
  theme: "", heat: {}, box: {}, curve: {}, scatter: {}, nightly: {}, log: false, shown: 100,
};

let sweep = null;
/** Runs that filter and brushes leave. */
let visible = [];
let filterMessage = "";

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const list = (name, sign = ",") => (given.get(name) ? given.get(name).split(sign) : null);
  state.sweep = given.get("sweep") ?? page.sweeps[0]?.name ?? "";
  state.filter = given.get("where") ?? "";
  state.unit = given.get("rows") === "runs" ? "runs" : "settings";
  state.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "";
  state.columns = list("columns");
  state.selected = new Set(list("selected") ?? []);
  state.log = given.get("log") === "1";
  const [name, direction] = list("sort", "~") ?? [];
  state.sort = name ? { name, isDescending: direction === "desc" } : null;
  for (const part of ["heat", "box", "curve", "scatter", "nightly"]) {
    const [x, y, measure] = list(part, "~") ?? [];
    state[part] = { x, y, measure };
  }
  state.brushes = {};
  for (const entry of list("brush", ";") ?? []) {
    const [column, low, high] = entry.split("~");
    const ends = [Number(low), Number(high)];
    if (ends.every((end) => end >= 0 && end <= 1)) state.brushes[column] = ends;
  }
}

function writeAddress() {
  const given = new URLSearchParams();
  const put = (name, text) => { if (text) given.set(name, text); };
  put("sweep", page.sweeps.length > 1 ? state.sweep : "");
  put("where", state.filter);
  put("rows", state.unit === "runs" ? "runs" : "");
  put("theme", state.theme);
  put("columns", state.columns?.join(","));
  put("selected", [...state.selected].join(","));
  put("log", state.log ? "1" : "");
  put("sort", state.sort ? `${state.sort.name}~${state.sort.isDescending ? "desc" : "asc"}` : "");
  for (const part of ["heat", "box", "curve", "scatter", "nightly"]) {
    const { x, y, measure } = state[part];
    put(part, x || y || measure ? [x, y, measure].map((name) => name ?? "").join("~") : "");
  }
  put("brush", Object.entries(state.brushes).map(([column, [low, high]]) => `${column}~${low.toFixed(3)}~${high.toFixed(3)}`).join(";"));
  const text = given.toString();
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}

function findVisible() {
  let test = () => true;
  filterMessage = "";
  if (state.filter.trim()) {
    try {
      test = filterLanguage.compile(state.filter, sweep.lookUp);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      filterMessage = error.message;
    }
  }
  const brushed = Object.entries(state.brushes).map(([name, ends]) => {
    const column = sweep.byName.get(name);
    return column ? [axisPlace(column), column, ends] : null;
  }).filter((entry) => entry);
  visible = sweep.runs.filter((run) => test(run) && brushed.every(([place, column, [low, high]]) => {
    const share = place(column.value(run));
    return share !== null && share >= low && share <= high;
  }));
}

/** Runs that pictures of single runs are about: those selected, or else all that are visible. */
function inFocus() {
  const chosen = sweep.runs.filter((run) => state.selected.has(sweep.id(run)));
  return chosen.length ? chosen : visible;
}

const everyPart = ["top", "headline", "nightly", "effects", "heat", "boxes", "parallel", "curves", "scatter", "table", "comparisons", "difference", "provenance"];
const linkedParts = ["heat", "boxes", "parallelLines", "curves", "scatter", "table", "difference"];
const partsBelowBrushes = ["parallelLines", "curves", "scatter", "table"];
let waiting = new Set();

/** Changes how the page is looked at and draws what depends on it, once a frame. */
function change(values, parts) {
  Object.assign(state, values);
  if (waiting.size === 0) requestAnimationFrame(drawWaiting);
  for (const part of parts) waiting.add(part);
}

function drawWaiting() {
  const parts = waiting;
  waiting = new Set();
  draw(parts);
  writeAddress();
}

function draw(parts) {
  findVisible();
  for (const part of parts) painters[part]();
}

function select(ids, isOn) {
  const selected = new Set(state.selected);
  for (const id of ids) { if (isOn) selected.add(id); else selected.delete(id); }
  change({ selected }, ["parallelLines", "curves", "scatter", "table", "difference"]);
}
