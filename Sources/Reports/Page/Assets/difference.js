"use strict";

/** Runs side by side; more than this cannot be read. */
const comparedRuns = 8;

function paintDifference() {
  const title = "Difference";
  const runs = sweep.runs.filter((run) => state.selected.has(sweep.id(run)));
  if (runs.length < 2) return emptySection("difference", title, "Select two runs or settings in the table to see in what they differ.");
  const shown = runs.slice(0, comparedRuns);
  const differs = (texts) => texts.some((text) => text !== texts[0]);
  const row = (name, texts) => ({ name, texts });
  const settings = sweep.columns.filter(({ kind, name }) => kind === "setting" || name === "seed" || name === "state")
    .map((column) => row(column.name, shown.map((run) => column.text(run)))).filter(({ texts }) => differs(texts));
  const measures = sweep.pictured.map((column) => row(column.name, shown.map((run) => column.text(run))));
  const environments = shown.map((run) => sweep.environments[sweep.environment_of[run]] ?? {});
  const surroundings = [...new Set(environments.flatMap((one) => Object.keys(one)))].sort()
    .map((name) => row(name, environments.map((one) => one[name] ?? "–"))).filter(({ texts }) => differs(texts));
  const part = (name, rows, none) => [element("h3", {}, name), rows.length
    ? element("div", { class: "scroll", tabindex: "0" }, plainTable(["", ...shown.map((run) => sweep.id(run).slice(0, 8))], rows.map(({ name: first, texts }) => [first, ...texts])))
    : element("p", { class: "small" }, none)];
  fillSection("difference", {
    title,
    chart: element("div", { id: "differences" }, ...pairedDifference(runs),
      ...part("Settings", settings, "All settings are equal."), ...part("Environment", surroundings, "The environments are equal."),
      ...part("Measures", measures, "There is no measure yet.")),
    summary: runs.length > shown.length ? `The first ${comparedRuns} of ${runs.length} selected runs are side by side.` : `${runs.length} runs side by side.`,
  });
}

/** What the command says of the differences between settings, seed by seed. */
function paintComparisons() {
  const title = "Comparison";
  const { comparisons } = sweep;
  if (!comparisons.length) return emptySection("comparisons", title, "Differences between settings can be judged when two have two seeds or more in common.");
  fillSection("comparisons", {
    title,
    chart: element("div", {}, ...comparisons.flatMap((one) => [
      element("h3", {}, one.title),
      element("div", { class: "scroll", tabindex: "0" }, plainTable(one.columns, one.rows)),
      ...one.notes.map((note) => element("p", { class: "small" }, note)),
    ])),
  });
}

/** Two settings seed by seed: the mean of the differences with its interval. */
function pairedDifference(runs) {
  const groups = [...runsByCell(runs)].sort((a, b) => a[0] - b[0]);
  if (groups.length !== 2 || groups.some(([cell]) => cell === undefined)) return [];
  const [first, second] = groups.map(([, members]) => new Map(members.filter((run) => sweep.isCompleted(run)).map((run) => [sweep.seed(run), run])));
  const seeds = [...first.keys()].filter((seed) => second.has(seed));
  const isOneEach = groups.every(([, members]) => members.length === new Set(members.map((run) => sweep.seed(run))).size);
  if (seeds.length < 2 || !isOneEach) return [];
  const rows = sweep.pictured.map((column) => {
    const differences = seeds.map((seed) => column.value(second.get(seed)) - column.value(first.get(seed)));
    if (!differences.every((value) => Number.isFinite(value))) return null;
    const middle = mean(differences), half = halfWidth(differences);
    return [column.name, ...[middle, middle - half, middle + half].map((value) => figureText(value, column.format))];
  }).filter((row) => row);
  const names = groups.map(([cell]) => sweep.settingText(cell));
  return [element("h3", {}, "Seed by seed"),
    element("p", { class: "small" }, `${names[1]} minus ${names[0]}, over ${seeds.length} common seeds: mean and 95% interval of the paired differences.`),
    element("div", { class: "scroll", tabindex: "0" }, plainTable(["", "difference", "from", "to"], rows))];
}

function runsByCell(runs) {
  const groups = new Map();
  for (const run of runs) {
    const cell = sweep.cellOf.get(run);
    if (!groups.has(cell)) groups.set(cell, []);
    groups.get(cell).push(run);
  }
  return groups;
}
