"use strict";

/** Any two numbers of the runs against each other. */
function paintScatter() {
  const title = "Any two columns";
  const numeric = [...sweep.pictured, ...sweep.columns.filter((column) => column.kind !== "measure" && column.isNumeric && column.distinct.length > 1)]
    .filter((column) => column.distinct.some((value) => Number.isFinite(value)));
  if (numeric.length < 2) return emptySection("scatter", title, "There are no two numbers to set against each other yet.");
  const chosen = chosenColumns("scatter", { x: sweep.objectiveColumn ?? numeric[0], y: sweep.testColumn ?? numeric[1] });
  const { x, y } = chosen;
  const isShown = (run) => [x, y].every((column) => Number.isFinite(column.value(run)));
  const runs = visible.filter(isShown);
  fillSection("scatter", {
    title,
    controls: axisChoices("scatter", "scatter", [["x", "Across"], ["y", "Up"]], numeric.map((column) => ({ name: column.name, title: column.name })), chosen),
    chart: runs.length ? scatterDrawing(runs, x, y) : null,
    summary: runs.length
      ? `${y.name} against ${x.name}, one dot a run, coloured by ${sweep.objective}; a click selects a run${rankSentence(runs, x, y)}.${testRemark(y)}`
      : "No visible run has both.",
    numbers: () => ({ header: ["run", x.name, y.name], rows: runs.map((run) => [cut(sweep.id(run), 9), x.text(run), y.text(run)]) }),
  });
}

/** Spearman's rank correlation, from the ranks with ties averaged. */
function rankSentence(runs, x, y) {
  if (runs.length < 3) return "";
  const [a, b] = [x, y].map((column) => {
    const values = runs.map((run) => column.value(run));
    const sorted = [...values].sort(d3.ascending);
    return values.map((value) => (d3.bisectLeft(sorted, value) + d3.bisectRight(sorted, value) - 1) / 2);
  });
  const [p, q] = [mean(a), mean(b)];
  const sum = (compute) => d3.sum(a, (_, place) => compute(a[place] - p, b[place] - q));
  const spread = Math.sqrt(sum((u) => u * u) * sum((_, v) => v * v));
  return spread > 0 ? `; rank correlation ${(sum((u, v) => u * v) / spread).toFixed(2)} over ${runs.length} runs` : "";
}

function scatterDrawing(runs, x, y) {
  const width = Math.min(roomOf("scatter"), 820), height = Math.min(420, width * 0.75);
  const margin = { left: 60, right: 14, top: 24, bottom: 42 };
  const scale = (column, range) => {
    const [low, high] = d3.extent(runs, (run) => column.value(run));
    const isLogarithmic = column.kind === "setting" && low > 0 && high / low > 50;
    return (isLogarithmic ? d3.scaleLog() : d3.scaleLinear()).domain(low < high ? [low, high] : [low - 0.5, high + 0.5]).nice().range(range);
  };
  const across = scale(x, [margin.left, width - margin.right]), up = scale(y, [height - margin.bottom, margin.top]);
  const svg = drawing(width, height, `Scatter of ${y.name} against ${x.name}`).attr("class", "over");
  svg.append("g").attr("transform", `translate(0,${height - margin.bottom})`).call(d3.axisBottom(across).ticks(Math.min(8, width / 90)).tickSizeOuter(0).tickFormat((value) => tickText(value, x.format)));
  svg.append("g").attr("transform", `translate(${margin.left},0)`).call(d3.axisLeft(up).ticks(6).tickSizeOuter(0).tickFormat((value) => tickText(value, y.format)));
  svg.append("text").attr("class", "axis-title").attr("x", 0).attr("y", 11).text(y.name);
  svg.append("text").attr("class", "axis-title").attr("x", (margin.left + width) / 2).attr("y", height - 6).attr("text-anchor", "middle").text(x.name);
  const objective = sweep.objectiveColumn;
  const color = colorScale(objective ? sweep.runs.map((run) => objective.value(run)) : [], objective?.minimized);
  const picture = canvas(width, height);
  const context = picture.getContext("2d");
  for (const run of runs) {
    const isSelected = state.selected.has(sweep.id(run));
    context.beginPath();
    context.arc(across(x.value(run)), up(y.value(run)), isSelected ? 6 : 4, 0, 2 * Math.PI);
    context.fillStyle = color(objective?.value(run));
    context.fill();
    context.lineWidth = isSelected ? 2 : 0.5;
    context.strokeStyle = themeColor(isSelected ? "ink" : "paper");
    context.stroke();
  }
  const chart = element("div", { class: "chart" }, picture, svg.node());
  const nearest = (event) => {
    const { left, top } = chart.getBoundingClientRect();
    const best = runs.map((run) => [Math.hypot(across(x.value(run)) - event.clientX + left, up(y.value(run)) - event.clientY + top), run])
      .reduce((a, b) => (b[0] < a[0] ? b : a));
    return best[0] < 20 ? best[1] : null;
  };
  chart.addEventListener("mousemove", (event) => {
    const run = nearest(event);
    if (run === null) return hideTooltip();
    const cell = sweep.cellOf.get(run);
    showTooltip(`${cell === undefined ? "" : `${sweep.settingText(cell)}, `}seed ${sweep.seed(run)}\n${x.name} ${x.text(run)}\n${y.name} ${y.text(run)}`, event);
  });
  chart.addEventListener("mouseleave", hideTooltip);
  chart.addEventListener("click", (event) => {
    const run = nearest(event);
    if (run !== null) select([sweep.id(run)], !state.selected.has(sweep.id(run)));
  });
  return chart;
}
