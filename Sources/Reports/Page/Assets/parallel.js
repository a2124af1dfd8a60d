"use strict";

/** Where a column's value lies on its axis, 0 at the bottom and 1 at the top; null where it has none. */
function axisPlace(column) {
  if (!column.place) {
    const values = column.distinct;
    const finite = values.filter((value) => typeof value === "number" && Number.isFinite(value));
    const isSpread = column.isNumeric && finite.length === values.length
      && (column.kind === "measure" || values.length > shownLevels);
    if (isSpread) {
      const [low, high] = d3.extent(finite);
      const isLogarithmic = column.kind === "setting" && low > 0 && high / low > 50;
      column.axisScale = (isLogarithmic ? d3.scaleLog() : d3.scaleLinear()).domain(low < high ? [low, high] : [low - 0.5, high + 0.5]);
    } else {
      column.axisScale = d3.scalePoint().domain(values).padding(0.5).range([0, 1]);
    }
    column.isSpread = isSpread;
    column.place = (value) => {
      if (value === null || value === undefined) return null;
      const share = column.axisScale(value);
      return share === undefined || Number.isNaN(share) ? null : share;
    };
  }
  return column.place;
}

function parallelColumns() {
  const measures = [sweep.objectiveColumn, sweep.testColumn].filter((column) => column);
  return [...sweep.axes, ...new Set(measures)];
}

const parallelSize = { height: 340, top: 40, bottom: 24 };
let parallelCanvas = null;
let parallelSpots = [];

function paintParallel() {
  const title = "All settings at once";
  const columns = parallelColumns();
  if (columns.length < 2) return emptySection("parallel", title, "There is only one axis to draw yet.");
  const { height, top, bottom } = parallelSize;
  const width = Math.max(roomOf("parallel"), columns.length * 70);
  parallelSpots = columns.map((_, place) => 60 + (place * (width - 120)) / (columns.length - 1));
  parallelCanvas = canvas(width, height);
  const svg = drawing(width, height, `Parallel coordinates of ${columns.map((column) => column.title).join(", ")}; brushed axes restrict the table`).attr("class", "over");
  columns.forEach((column, place) => {
    const at = axisPlace(column);
    const range = [height - bottom, top];
    const scale = column.isSpread ? column.axisScale.copy().range(range) : d3.scalePoint(column.distinct, range).padding(0.5);
    const axis = d3.axisLeft(scale).tickSizeOuter(0);
    if (column.isSpread) axis.ticks(5).tickFormat((value) => tickText(value, column.format));
    else axis.tickFormat((value) => cut(column.label(value), 12));
    const group = svg.append("g").attr("transform", `translate(${parallelSpots[place]},0)`);
    group.append("g").call(axis).selectAll("text").attr("paint-order", "stroke").attr("stroke", "var(--paper)").attr("stroke-width", 4);
    group.append("text").attr("class", "axis-title").attr("y", place % 2 && width < 700 ? 26 : 12).attr("text-anchor", "middle").text(cut(column.title, width < 700 ? 14 : 22));
    group.append("g").attr("class", "brush").attr("data-column", column.name).call(axisBrush(column, at));
  });
  fillSection("parallel", {
    title,
    controls: [element("button", { type: "button", id: "clear-brushes", onclick: () => change({ brushes: {} }, ["parallel", ...linkedParts]) }, "Clear brushes")],
    chart: element("div", {}, element("div", { class: "chart scroll", tabindex: "0" }, parallelCanvas, svg.node()), keyboardRanges(columns)),
    summary: `One line a run, coloured by ${sweep.objective}, the better the lighter. Drag along an axis to keep the runs that cross it there; table, curves and the other pictures follow.`,
    numbers: () => ({ header: ["run", ...columns.map((column) => column.title)], rows: visible.map((run) => [cut(sweep.id(run), 9), ...columns.map((column) => column.text(run))]) }),
  });
  paintParallelLines();
}

function axisBrush(column) {
  const { height, top, bottom } = parallelSize;
  const length = height - bottom - top;
  const brush = d3.brushY().extent([[-14, top], [14, height - bottom]]).on("brush end", () => {
    if (!d3.event.sourceEvent) return;
    const brushes = { ...state.brushes };
    if (d3.event.selection) {
      const [high, low] = d3.event.selection.map((y) => (height - bottom - y) / length);
      brushes[column.name] = [low, high];
    } else delete brushes[column.name];
    // What stands above may change its height, and the axis would move away from the pointer.
    change({ brushes }, d3.event.type === "end" ? [...linkedParts, "ranges"] : partsBelowBrushes);
  });
  return (group) => {
    group.call(brush);
    const ends = state.brushes[column.name];
    if (ends) brush.move(group, [height - bottom - ends[1] * length, height - bottom - ends[0] * length]);
  };
}

/** The brushes for those who use no pointer: two sliders an axis. */
function keyboardRanges(columns) {
  const rows = columns.flatMap((column) => {
    const slider = (end) => element("input", {
      type: "range", min: "0", max: "100", "data-column": column.name, "data-end": String(end),
      "aria-label": `${column.title}, ${end ? "upper" : "lower"} end in per cent of the axis`,
      value: String(100 * (state.brushes[column.name] ?? [0, 1])[end]),
      onchange: (event) => {
        const ends = [...(state.brushes[column.name] ?? [0, 1])];
        ends[end] = Number(event.target.value) / 100;
        const brushes = { ...state.brushes, [column.name]: ends };
        if (ends[0] <= 0 && ends[1] >= 1) delete brushes[column.name];
        change({ brushes }, ["parallel", ...linkedParts]);
      },
    });
    return [element("span", {}, column.title), slider(0), slider(1)];
  });
  const details = element("details", { id: "ranges", ontoggle: () => { rangesAreOpen = details.open; } },
    element("summary", {}, "Ranges by keyboard"), element("div", { class: "ranges" }, ...rows));
  details.open = rangesAreOpen;
  return details;
}

let rangesAreOpen = false;

function paintRanges() {
  for (const slider of document.querySelectorAll("#ranges input")) {
    slider.value = String(100 * (state.brushes[slider.dataset.column] ?? [0, 1])[Number(slider.dataset.end)]);
  }
}

function paintParallelLines() {
  const columns = parallelColumns();
  if (!parallelCanvas?.isConnected) return;
  const { height, top, bottom } = parallelSize;
  const context = parallelCanvas.getContext("2d");
  context.clearRect(0, 0, parallelCanvas.width, parallelCanvas.height);
  const objective = sweep.objectiveColumn;
  const color = colorScale(objective ? sweep.runs.map((run) => objective.value(run)) : [], objective?.minimized);
  const isVisible = new Set(visible);
  const chosen = sweep.runs.filter((run) => state.selected.has(sweep.id(run)));
  const line = (run) => {
    context.beginPath();
    let isOpen = false;
    columns.forEach((column, place) => {
      const share = axisPlace(column)(column.value(run));
      if (share === null) { isOpen = false; return; }
      // Equal settings would hide each other: a run keeps its own small distance.
      const shift = column.isSpread ? 0 : ((run * 7919) % 23 - 11) * 0.5;
      const y = height - bottom - share * (height - bottom - top) + shift;
      if (isOpen) context.lineTo(parallelSpots[place], y); else context.moveTo(parallelSpots[place], y);
      isOpen = true;
    });
    context.stroke();
  };
  context.lineWidth = 1;
  context.globalAlpha = 0.35;
  context.strokeStyle = themeColor("faint");
  for (const run of sweep.runs) if (!isVisible.has(run)) line(run);
  context.globalAlpha = Math.max(0.25, Math.min(0.9, 120 / (visible.length + 1)));
  context.lineWidth = 1.3;
  for (const run of visible) {
    context.strokeStyle = color(objective?.value(run));
    line(run);
  }
  context.globalAlpha = 1;
  context.lineWidth = 2.5;
  context.strokeStyle = themeColor("ink");
  for (const run of chosen) line(run);
}
