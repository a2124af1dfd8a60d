"use strict";

/** The runs of each value of one setting as a box plot. */
function paintBoxes() {
  const title = "Spread";
  const settings = sweep.axes;
  if (!settings.length || !sweep.pictured.length) {
    return emptySection("boxes", title, settings.length ? "No run has a measure yet." : "The sweep varies nothing but the seed.");
  }
  const chosen = chosenColumns("box", { x: settings[0], measure: sweep.objectiveColumn ?? sweep.pictured[0] });
  const { x, measure } = chosen;
  const levels = levelsOf(x, sweep.runs);
  const groups = levels.labels.map((label) => ({ label, values: [] }));
  for (const run of visible) {
    const value = measure.value(run);
    const place = levels.index(x.value(run));
    if (typeof value === "number" && place >= 0) groups[place].values.push(value);
  }
  for (const group of groups) group.values.sort(d3.ascending);
  const filled = groups.filter(({ values }) => values.length);
  const figures = ({ values }) => [0.25, 0.5, 0.75].map((share) => quantile(values, share));
  fillSection("boxes", {
    title,
    controls: [...axisChoices("box", "boxes", [["x", "Setting"]], settings, chosen), measureChoice("box", measure)],
    chart: filled.length ? boxDrawing(filled, x, measure) : null,
    summary: filled.length
      ? `${measure.name} of the visible runs by ${x.title}: the box holds the middle half, the line is the median, the whiskers reach the last run within 1.5 box heights, dots are single runs.${testRemark(measure)}`
      : "No visible run has this measure.",
    numbers: () => ({
      header: [x.title, "n", "least", "lower quartile", "median", "upper quartile", "greatest"],
      rows: filled.map((group) => [group.label, group.values.length,
        ...[group.values[0], ...figures(group), group.values[group.values.length - 1]].map((value) => figureText(value, measure.format))]),
    }),
  });
}

function boxDrawing(groups, x, measure) {
  const left = 56, bottom = 46, top = 22, height = 280;
  const width = Math.min(roomOf("boxes"), left + 130 * groups.length + 20);
  const y = d3.scaleLinear(d3.extent(groups.flatMap(({ values }) => values)), [height - bottom, top]).nice();
  const place = d3.scaleBand(groups.map(({ label }) => label), [left, width - 6]).paddingInner(0.4).paddingOuter(0.2);
  const svg = drawing(width, height, `Box plots of ${measure.name} by ${x.title}`);
  svg.append("g").attr("transform", `translate(${left},0)`).call(d3.axisLeft(y).ticks(6).tickSizeOuter(0).tickFormat((value) => tickText(value, measure.format)));
  svg.append("g").attr("transform", `translate(0,${height - bottom})`).call(d3.axisBottom(place).tickSize(0).tickPadding(7)
    .tickFormat((label) => cut(label, Math.max(4, Math.floor(place.step() / 7))))).select(".domain").remove();
  svg.append("text").attr("class", "axis-title").attr("x", 0).attr("y", 11).text(`${measure.name}, ${measure.minimized ? "lower" : "higher"} is better`);
  svg.append("text").attr("class", "axis-title").attr("x", (left + width) / 2).attr("y", height - 8).attr("text-anchor", "middle").text(x.title);
  const size = Math.min(place.bandwidth(), 60);
  for (const { label, values } of groups) {
    const group = svg.append("g").attr("transform", `translate(${place(label) + place.bandwidth() / 2},0)`);
    const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(values, share));
    const reach = 1.5 * (upper - lower);
    const inside = values.filter((value) => value >= lower - reach && value <= upper + reach);
    group.append("line").attr("y1", y(inside[0])).attr("y2", y(inside[inside.length - 1])).attr("stroke", "var(--soft)");
    group.append("rect").attr("x", -size / 2).attr("width", size).attr("y", y(upper)).attr("height", Math.max(1, y(lower) - y(upper)))
      .attr("fill", "var(--wash)").attr("stroke", "var(--soft)");
    group.append("line").attr("x1", -size / 2).attr("x2", size / 2).attr("y1", y(middle)).attr("y2", y(middle)).attr("stroke", "var(--ink)").attr("stroke-width", 2);
    values.forEach((value, number) => group.append("circle").attr("cx", ((number * 7) % 11 - 5) * size / 16).attr("cy", y(value)).attr("r", 2.2)
      .attr("fill", categoryColors[0]).attr("fill-opacity", 0.6));
    group.append("title").text(`${x.title} ${label}: median ${figureText(middle, measure.format)}, n = ${values.length}`);
  }
  return element("div", { class: "chart" }, svg.node());
}
