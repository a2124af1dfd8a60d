"use strict";

function measureChoice(part, given) {
  const options = sweep.pictured.map(({ name }) => ({ value: name, text: name }));
  return choice("Measure", options, given.name, (measure) => change({ [part]: { ...state[part], measure } }, [part === "box" ? "boxes" : part]));
}

/** Chosen columns of a chart; what the address names wrongly is as if it did not name it. */
function chosenColumns(part, standard) {
  const find = (name) => (name ? sweep.byName.get(name) : undefined);
  const { x, y, measure } = state[part];
  return { x: find(x) ?? standard.x, y: find(y) ?? standard.y, measure: find(measure) ?? standard.measure };
}

function axisChoices(part, painter, names, options, chosen) {
  return names.map(([key, label]) => choice(label, options.map(({ name, title }) => ({ value: name, text: title })), chosen[key].name,
    (name) => change({ [part]: { ...state[part], [key]: name } }, [painter])));
}

/** Says when figures on the test classes colour or rank something. */
function testRemark(column) {
  return column.name.startsWith("test/") ? " These are figures on the test classes: what looks best here was picked by them." : "";
}

function paintHeat() {
  const title = "Two settings";
  if (sweep.axes.length < 2) return emptySection("heat", title, "A heat map needs two swept settings.");
  const chosen = chosenColumns("heat", { x: sweep.axes[0], y: sweep.axes[1], measure: sweep.objectiveColumn ?? sweep.pictured[0] });
  const { x, y, measure } = chosen;
  if (!measure) return emptySection("heat", title, "No run has a measure yet.");
  const runs = visible.filter((run) => typeof measure.value(run) === "number");
  const across = levelsOf(x, sweep.runs), up = levelsOf(y, sweep.runs);
  const tiles = new Map();
  for (const run of runs) {
    const [column, row] = [across.index(x.value(run)), up.index(y.value(run))];
    if (column < 0 || row < 0) continue;
    const key = `${column} ${row}`;
    if (!tiles.has(key)) tiles.set(key, { column, row, entries: [] });
    tiles.get(key).entries.push([sweep.seed(run), measure.value(run)]);
  }
  const all = [...tiles.values()].map(({ column, row, entries }) => {
    const values = seedMeans(entries);
    return { column, row, values, mean: mean(values), deviation: deviation(values) };
  });
  const picks = sweep.picks.map((cell) => sweep.cells[cell].runs[0]);
  const isPicked = (tile) => picks.some((run) => tile.column === across.index(x.value(run)) && tile.row === up.index(y.value(run)));
  const best = all.length ? all.reduce((a, b) => ((measure.minimized ? b.mean < a.mean : b.mean > a.mean) ? b : a)) : null;
  fillSection("heat", {
    title,
    controls: [...axisChoices("heat", "heat", [["x", "Across"], ["y", "Up"]], sweep.axes, chosen), measureChoice("heat", measure)],
    chart: heatDrawing(all, across, up, chosen, isPicked),
    summary: best
      ? `Mean of ${measure.name} over everything else, ${measure.minimized ? "lower" : "higher"} is better. The best mean, ${figureText(best.mean, measure.format)}, is at ${x.title} ${across.labels[best.column]}, ${y.title} ${up.labels[best.row]}.${all.some(isPicked) ? " The outline is the setting picked on validation." : ""}${testRemark(measure)}`
      : "No visible run has this measure.",
    numbers: () => ({
      header: [x.title, y.title, "n", "mean", "sd"],
      rows: all.map((tile) => [across.labels[tile.column], up.labels[tile.row], tile.values.length,
        figureText(tile.mean, measure.format), figureText(tile.deviation, measure.format)]),
    }),
  });
}

function heatDrawing(tiles, across, up, { x, y, measure }, isPicked) {
  const left = 16 + 7 * Math.min(20, d3.max(up.labels, (label) => label.length) ?? 1) + 14, bottom = 46, top = 6;
  const width = Math.min(roomOf("heat"), left + 110 * across.labels.length + 10);
  const rowHeight = Math.max(24, Math.min(54, 380 / up.labels.length));
  const height = top + rowHeight * up.labels.length + bottom;
  const svg = drawing(width, height, `Heat map of ${measure.name} by ${x.title} and ${y.title}`);
  const columnAt = d3.scaleBand(d3.range(across.labels.length), [left, width - 4]).padding(0.03);
  const rowAt = d3.scaleBand(d3.range(up.labels.length), [height - bottom, top]).padding(0.05);
  const color = colorScale(tiles.map((tile) => tile.mean), measure.minimized);
  const group = svg.selectAll("g.tile").data(tiles).join("g").attr("class", "tile")
    .attr("transform", (tile) => `translate(${columnAt(tile.column)},${rowAt(tile.row)})`);
  group.append("rect").attr("width", columnAt.bandwidth()).attr("height", rowAt.bandwidth()).attr("fill", (tile) => color(tile.mean));
  group.filter(isPicked).append("rect").attr("x", 2).attr("y", 2).attr("width", columnAt.bandwidth() - 4)
    .attr("height", rowAt.bandwidth() - 4).attr("fill", "none").attr("stroke", (tile) => readableOn(color(tile.mean))).attr("stroke-width", 2.5);
  if (columnAt.bandwidth() > 48) {
    group.append("text").attr("x", columnAt.bandwidth() / 2).attr("y", rowAt.bandwidth() / 2 + 4).attr("text-anchor", "middle")
      .style("fill", (tile) => readableOn(color(tile.mean))).text((tile) => figureText(tile.mean, measure.format));
  }
  group.on("mousemove", (tile) => showTooltip(`${x.title} ${across.labels[tile.column]}, ${y.title} ${up.labels[tile.row]}\n${measure.name}: mean ${figureText(tile.mean, measure.format)}, sd ${figureText(tile.deviation, measure.format)}, n = ${tile.values.length}`, d3.event))
    .on("mouseleave", hideTooltip);
  const every = Math.ceil((across.labels.length * 40) / (width - left));
  svg.append("g").attr("transform", `translate(0,${height - bottom})`).call(d3.axisBottom(columnAt).tickSize(0).tickPadding(6)
    .tickValues(d3.range(0, across.labels.length, every)).tickFormat((place) => cut(across.labels[place], Math.max(4, Math.floor(columnAt.step() * every / 7))))).select(".domain").remove();
  svg.append("g").attr("transform", `translate(${left},0)`).call(d3.axisLeft(rowAt).tickSize(0).tickPadding(6)
    .tickFormat((place) => cut(up.labels[place], 20))).select(".domain").remove();
  svg.append("text").attr("class", "axis-title").attr("x", (left + width) / 2).attr("y", height - 8).attr("text-anchor", "middle").text(x.title);
  svg.append("text").attr("class", "axis-title").attr("transform", `translate(11,${(height - bottom) / 2}) rotate(-90)`).attr("text-anchor", "middle").text(y.title);
  return element("div", { class: "chart" }, svg.node());
}
