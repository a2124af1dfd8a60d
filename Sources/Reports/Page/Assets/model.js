"use strict";

/** What the page is about: the whole document, and the sweep that is shown. */
let page = JSON.parse(byId("data").textContent);

/** One thing known of each run: a field, a setting or a measure. */
class Column {
  constructor(data) {
    Object.assign(this, data);
    this.values = data.values.map((value) =>
      (data.format !== "text" && value === "inf" ? Infinity : data.format !== "text" && value === "-inf" ? -Infinity : value));
    const byType = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : typeof a === "number" ? -1 : 1);
    const unique = [...new Set(this.values.filter((value) => value !== null))];
    this.distinct = data.kind === "setting" && !unique.every((value) => typeof value === "number")
      ? unique : unique.sort(byType);
    this.isNumeric = unique.length > 0 && unique.every((value) => typeof value === "number");
  }

  /** Equal values of all runs are kept once. */
  value(run) { return this.values.length === 1 ? this.values[0] : this.values[run]; }

  text(run) {
    if (!this.texts) return this.value(run) === null ? "–" : String(this.value(run));
    return this.texts.length === 1 ? this.texts[0] : this.texts[run];
  }

  label(value) {
    const run = this.values.indexOf(value);
    return run < 0 ? String(value) : cut(this.text(run), 24);
  }
}

class Sweep {
  constructor(data) {
    Object.assign(this, data);
    this.columns = data.columns.map((column) => new Column(column));
    this.byName = new Map(this.columns.map((column) => [column.name, column]));
    this.runs = d3.range(data.run_count);
    this.cellOf = new Map(data.cells.flatMap((cell, position) => cell.runs.map((run) => [run, position])));
    this.axes = data.axes.map((name) => this.byName.get(name)).filter((column) => column);
    this.measures = this.columns.filter((column) => column.kind === "measure");
    this.objectiveColumn = this.byName.get(data.objective) ?? null;
    const lower = new Map();
    for (const [name, target] of [...this.columns.map((column) => [column.name, column.name]), ...Object.entries(data.aliases)]) {
      if (!lower.has(name.toLowerCase())) lower.set(name.toLowerCase(), this.byName.get(target));
    }
    this.lookUp = (name) => {
      const column = lower.get(name.toLowerCase());
      if (!column) return null;
      return (run) => { const value = column.value(run); return value !== null && typeof value === "object" ? JSON.stringify(value) : value; };
    };
    this.lookUp.tags = (run) => data.tags[run] ?? [];
    this.curveCache = new Map();
  }

  id(run) { return this.byName.get("run_id").value(run); }
  seed(run) { return this.byName.get("seed").value(run); }
  isCompleted(run) { return this.byName.get("state").value(run) === "completed"; }

  /** Measures that pictures can be of: the objective, those on the test classes, then the others. */
  get pictured() {
    const rank = (column) => (column.name === this.objective ? 0 : column.name.startsWith("test/") ? 1 : column.name.startsWith("validation/") ? 2 : 3);
    return [...this.measures].sort((a, b) => rank(a) - rank(b));
  }

  /** The test figure that belongs to the objective. */
  get testColumn() { return this.byName.get(this.test_measure) ?? null; }

  settingText(cell) {
    const { labels } = this.cells[cell];
    return this.cell_settings.map((name, place) => `${this.byName.get(name).title} ${labels[place]}`).join(", ") || "the only setting";
  }

  /** History of a measure of each run that has one: `{run, steps, values}`. */
  curvesOf(measure) {
    if (!this.curveCache.has(measure)) {
      const data = this.curves.measures.find(({ name }) => name === measure);
      this.curveCache.set(measure, data ? decodeCurves(data, this.curves.steps) : []);
    }
    return this.curveCache.get(measure);
  }
}

/** Values lie one run after the other as little-endian single precision numbers in base64. */
function decodeCurves(data, steps) {
  const bytes = Uint8Array.from(atob(data.values), (sign) => sign.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  return data.runs.map((run, place) => {
    const own = steps[data.steps[place]];
    const values = own.map((_, point) => view.getFloat32(offset + 4 * point, true));
    offset += 4 * own.length;
    return { run, steps: own, values };
  });
}
