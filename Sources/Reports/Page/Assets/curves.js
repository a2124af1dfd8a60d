"use strict";

/** Curves in focus by setting: few settings by name, many by colour alone. */
function curveGroups(curves) {
  const groups = new Map();
  for (const curve of curves) {
    const cell = sweep.cellOf.get(curve.run) ?? -1;
    if (!groups.has(cell)) groups.set(cell, { cell, curves: [] });
    groups.get(cell).curves.push(curve);
  }
  // Cells are in the order of the objective, the best first.
  return [...groups.values()].sort((a, b) => a.cell - b.cell);
}

/** Mean and interval at each step that all curves of a group have. */
function meanCurve(curves) {
  const byStep = new Map();
  for (const { run, steps, values } of curves) {
    steps.forEach((step, point) => {
      if (!Number.isFinite(values[point])) return;
      if (!byStep.has(step)) byStep.set(step, []);
      byStep.get(step).push([sweep.seed(run), values[point]]);
    });
  }
  return [...byStep].filter(([, entries]) => entries.length === curves.length).sort((a, b) => a[0] - b[0])
    .map(([step, entries]) => {
      const values = seedMeans(entries);
      return { step, mean: mean(values), half: halfWidth(values) };
    });
}

function paintCurves() {
  const title = "Curves";
  const known = sweep.curves.measures;
  if (!known.length) return emptySection("curves", title, "No run has a history yet.");
  const name = known.some((one) => one.name === state.curve.measure) ? state.curve.measure : known[0].name;
  const column = sweep.byName.get(name) ?? { name, format: known.find((one) => one.name === name).format };
  const focus = new Set(inFocus());
  const curves = sweep.curvesOf(name).filter(({ run }) => focus.has(run));
  const groups = curveGroups(curves);
  const isNamed = groups.length <= namedGroups;
  const left = sweep.curves.left_out.length ? ` Left out to keep the file small: ${sweep.curves.left_out.join(", ")}.` : "";
  fillSection("curves", {
    title,
    controls: [
      choice("Measure", known.map((one) => ({ value: one.name, text: one.name })), name,
        (measure) => change({ curve: { ...state.curve, measure } }, ["curves"])),
      toggle("Logarithmic", state.log, (log) => change({ log }, ["curves"])),
    ],
    chart: curves.length ? curveDrawing(groups, column, isNamed) : null,
    summary: curves.length
      ? `${name} over the steps of ${curves.length} ${curves.length === 1 ? "run" : "runs"}${state.selected.size ? " (the selection)" : ""}. ${isNamed ? "Thin lines are seeds, thick ones the mean of a setting with its 95% interval" : `Lines are coloured by ${sweep.objective}, the thick one is the mean of the picked setting; select up to ${namedGroups} settings to see means and intervals`}; a ring marks the selected checkpoint.${left}`
      : `No run in focus has a history of ${name}.${left}`,
    numbers: () => ({
      header: ["setting", "step", "n", "mean", "half of the interval"],
      rows: groups.slice(0, 50).flatMap((group) => meanCurve(group.curves).map((point) =>
        [group.cell < 0 ? "–" : sweep.settingText(group.cell), point.step, group.curves.length, figureText(point.mean, column.format), figureText(point.half, column.format)])),
    }),
  });
}

function curveDrawing(groups, column, isNamed) {
  const full = roomOf("curves");
  const isNarrow = full < 640;
  const margin = { left: 56, right: isNamed && !isNarrow ? 250 : 12, top: 22, bottom: 40 };
  const width = full, height = isNarrow ? 280 : 380;
  const curves = groups.flatMap((group) => group.curves);
  const values = curves.flatMap((curve) => curve.values.filter((value) => Number.isFinite(value) && (!state.log || value > 0)));
  if (!values.length) return element("p", { class: "small" }, "There is no value above 0 for a logarithmic axis.");
  const x = d3.scaleLinear([d3.min(curves, ({ steps }) => steps[0]), d3.max(curves, ({ steps }) => steps[steps.length - 1])], [margin.left, width - margin.right]);
  const y = (state.log ? d3.scaleLog() : d3.scaleLinear()).domain(d3.extent(values)).nice().range([height - margin.bottom, margin.top]);
  const svg = drawing(width, height, `Curves of ${column.name}`).attr("class", "over");
  svg.append("g").attr("transform", `translate(0,${height - margin.bottom})`).call(d3.axisBottom(x).ticks(isNarrow ? 4 : 8).tickSizeOuter(0));
  svg.append("g").attr("transform", `translate(${margin.left},0)`).call(d3.axisLeft(y).ticks(6).tickSizeOuter(0).tickFormat((value) => (state.log && String(value)[0] !== "1" ? "" : tickText(value, column.format))));
  svg.append("text").attr("class", "axis-title").attr("x", 0).attr("y", 11).text(`${column.name}${column.minimized === undefined ? "" : `, ${column.minimized ? "lower" : "higher"} is better`}`);
  svg.append("text").attr("class", "axis-title").attr("x", (margin.left + width - margin.right) / 2).attr("y", height - 6).attr("text-anchor", "middle").text("step");
  const picture = canvas(width, height);
  const marks = groups.map((group, place) => ({ ...group, color: isNamed ? categoryColors[place % categoryColors.length] : null, dash: dashes[place % dashes.length].split(" ").filter(Boolean).map(Number) }));
  paintCurveLines(picture.getContext("2d"), marks, x, y, isNamed);
  if (isNamed) labelCurves(svg, marks, x, y, { width, height, margin, isNarrow });
  const chart = element("div", { class: "chart" }, picture, svg.node());
  const legend = isNamed && isNarrow ? element("ul", { class: "facts small" }, ...marks.filter(({ cell }) => cell >= 0).map((group) => {
    const swatch = drawing(26, 10, "").attr("aria-hidden", "true");
    swatch.append("line").attr("y1", 5).attr("y2", 5).attr("x2", 24).attr("stroke", group.color).attr("stroke-width", 2.5).attr("stroke-dasharray", group.dash.join(" "));
    return element("li", {}, swatch.node(), sweep.settingText(group.cell));
  })) : null;
  followPointer(chart, curves, x, y, column);
  return element("div", {}, ...[chart, legend].filter(Boolean));
}

function paintCurveLines(context, groups, x, y, isNamed) {
  const draw = (points) => {
    context.beginPath();
    let isOpen = false;
    for (const [step, value] of points) {
      const height = y(value);
      if (!Number.isFinite(height)) { isOpen = false; continue; }
      if (isOpen) context.lineTo(x(step), height); else context.moveTo(x(step), height);
      isOpen = true;
    }
    context.stroke();
  };
  const objective = sweep.objectiveColumn;
  const scale = colorScale(objective ? sweep.runs.map((run) => objective.value(run)) : [], objective?.minimized);
  for (const group of groups) {
    context.setLineDash([]);
    context.lineWidth = 1;
    context.globalAlpha = isNamed ? 0.35 : Math.max(0.2, Math.min(0.8, 100 / (groups.length + 1)));
    for (const { run, steps, values } of group.curves) {
      context.strokeStyle = group.color ?? scale(objective?.value(run));
      draw(steps.map((step, point) => [step, values[point]]));
      markSelected(context, run, steps, values, x, y);
    }
    if (!isNamed && !sweep.picks.includes(group.cell)) continue;
    const meanColor = group.color ?? themeColor("ink");
    const points = meanCurve(group.curves);
    const band = points.filter(({ half }) => half !== null);
    context.fillStyle = meanColor;
    context.globalAlpha = 0.14;
    context.beginPath();
    const clamp = (value) => y(state.log ? Math.max(value, y.domain()[0]) : value);
    for (const { step, mean, half } of band) context.lineTo(x(step), clamp(mean + half));
    for (const { step, mean, half } of [...band].reverse()) context.lineTo(x(step), clamp(mean - half));
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = meanColor;
    context.setLineDash(isNamed ? group.dash : []);
    context.lineWidth = 2.4;
    draw(points.map(({ step, mean }) => [step, mean]));
  }
}

function markSelected(context, run, steps, values, x, y) {
  const point = steps.indexOf(sweep.byName.get("selected_step").value(run));
  const height = point < 0 ? NaN : y(values[point]);
  if (!Number.isFinite(height)) return;
  context.beginPath();
  context.arc(x(steps[point]), height, 3, 0, 2 * Math.PI);
  context.stroke();
}

/** Names at the right ends of the curves, moved apart where they would meet. */
function labelCurves(svg, groups, x, y, { width, height, margin, isNarrow }) {
  if (isNarrow) return;
  const labels = groups.filter(({ cell }) => cell >= 0).map((group) => {
    const points = meanCurve(group.curves);
    const last = points[points.length - 1];
    return last && { text: sweep.settingText(group.cell), color: group.color, dash: group.dash, at: y(last.mean) };
  }).filter((label) => label && Number.isFinite(label.at)).sort((a, b) => a.at - b.at);
  let free = margin.top;
  for (const label of labels) { label.at = Math.max(label.at, free); free = label.at + 16; }
  const excess = Math.max(0, free - 16 - (height - margin.bottom));
  for (const { text, color, dash, at } of labels) {
    const left = width - margin.right + 8;
    svg.append("line").attr("x1", left).attr("x2", left + 22).attr("y1", at - excess).attr("y2", at - excess).attr("stroke", color).attr("stroke-width", 2.4).attr("stroke-dasharray", dash.join(" "));
    svg.append("text").attr("x", left + 28).attr("y", at - excess + 4).text(cut(text, 32)).append("title").text(text);
  }
}

function followPointer(chart, curves, x, y, column) {
  chart.addEventListener("mousemove", (event) => {
    const { left, top } = chart.getBoundingClientRect();
    const [across, down] = [event.clientX - left, event.clientY - top];
    let nearest = null;
    for (const { run, steps, values } of curves) {
      const point = Math.min(steps.length - 1, d3.bisectLeft(steps, x.invert(across)));
      for (const place of [point - 1, point]) {
        if (place < 0 || !Number.isFinite(values[place])) continue;
        const distance = Math.hypot(x(steps[place]) - across, y(values[place]) - down);
        if (!nearest || distance < nearest.distance) nearest = { distance, run, step: steps[place], value: values[place] };
      }
    }
    if (!nearest || nearest.distance > 30) return hideTooltip();
    const cell = sweep.cellOf.get(nearest.run);
    showTooltip(`${cell === undefined ? "" : `${sweep.settingText(cell)}, `}seed ${sweep.seed(nearest.run)}\nstep ${nearest.step}: ${figureText(nearest.value, column.format)}`, event);
  });
  chart.addEventListener("mouseleave", hideTooltip);
}
