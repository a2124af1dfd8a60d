"use strict";

/** How each verdict of a night is written: by a sign first, the colour only repeats it. */
const verdictMarks = {
  pass: { sign: "✓", text: "pass", color: "var(--good)" },
  regression: { sign: "✕", text: "regression", color: "var(--warn)" },
  cannot_judge: { sign: "?", text: "cannot judge", color: "var(--soft)" },
};

/** What the gated measures came to in each night of the sweep, beside the baseline. */
function paintNightly() {
  const { nightly } = sweep;
  byId("nightly").hidden = !nightly;
  if (!nightly) return byId("nightly").replaceChildren();
  const { nights, measures } = nightly;
  const last = nights[nights.length - 1];
  const measure = measures.find(({ name }) => name === state.nightly.measure) ?? measures[0];
  const lines = measure ? nightlyLines(measure) : [];
  const reference = nightly.baseline ? `the baseline ${nightly.baseline}` : "the first night";
  fillSection("nightly", {
    title: "Nightly",
    controls: measures.length ? [choice("Measure", measures.map(({ name }) => ({ value: name, text: name })), measure.name,
      (name) => change({ nightly: { measure: name } }, ["nightly"]))] : [],
    chart: lines.length ? nightlyDrawing(lines, measure, reference) : null,
    summary: `The last of ${nights.length} ${nights.length === 1 ? "night" : "nights"}, ${last.at.slice(0, 16).replace("T", " ")} UTC on ${last.host}: ${verdictMarks[last.verdict].text}, ${last.summary}.`
      + (lines.length ? ` Lines are the means of ${measure.name} over the seeds of each cell, less those of ${reference}; the band is the margin of ${tickText(measure.margin, "ratio")}.` : ""),
    numbers: () => ({
      header: ["night", "verdict", ...lines.map(({ label }) => `${measure.name}, ${label}`), "summary"],
      rows: nights.map((night, place) => [night.at, verdictMarks[night.verdict].text,
        ...lines.map(({ values }) => figureText(values[place], "ratio")), night.summary]),
    }),
  });
}

/** Cells with the differences of their nights to what they are compared with. */
function nightlyLines(measure) {
  return measure.cells.map(({ label, baseline, values }) => {
    const zero = baseline ?? values.find((value) => value !== null) ?? null;
    return { label, values, differences: values.map((value) => (value === null || zero === null ? null : value - zero)) };
  }).filter(({ differences }) => differences.some((difference) => difference !== null));
}

function nightlyDrawing(lines, measure, reference) {
  const { nights } = sweep.nightly;
  const width = roomOf("nightly"), height = 300, top = 22, bottom = 58, left = 56;
  const right = width < 640 ? 12 : 200;
  const known = lines.flatMap(({ differences }) => differences.filter((difference) => difference !== null));
  const y = d3.scaleLinear(d3.extent([...known, -1.5 * measure.margin, measure.margin]), [height - bottom, top]).nice();
  const x = d3.scalePoint(d3.range(nights.length), [left, width - right]).padding(0.5);
  const svg = drawing(width, height, `${measure.name} in ${nights.length} nights, less ${reference}`);
  svg.append("rect").attr("class", "margin").attr("x", left).attr("width", width - right - left)
    .attr("y", y(0)).attr("height", y(-measure.margin) - y(0)).attr("fill", "var(--wash)");
  svg.append("line").attr("class", "reference").attr("x1", left).attr("x2", width - right).attr("y1", y(0)).attr("y2", y(0));
  svg.append("g").attr("transform", `translate(${left},0)`).call(d3.axisLeft(y).ticks(5).tickSizeOuter(0).tickFormat((value) => tickText(value, "ratio")));
  const every = Math.ceil((nights.length * 78) / (width - left - right));
  svg.append("g").attr("transform", `translate(0,${height - bottom + 18})`).call(d3.axisBottom(x).tickSize(0).tickPadding(8)
    .tickValues(d3.range(nights.length).filter((place) => (nights.length - 1 - place) % every === 0))
    .tickFormat((place) => nights[place].at.slice(0, 10))).select(".domain").remove();
  svg.append("text").attr("class", "axis-title").attr("x", 0).attr("y", 11).text(`${measure.name}, difference to ${reference}`);
  lines.forEach(({ label, differences }, place) => {
    const color = categoryColors[place % categoryColors.length], dash = dashes[place % dashes.length];
    const points = differences.map((difference, night) => ({ difference, night }));
    svg.append("path").attr("class", "night-line").attr("fill", "none").attr("stroke", color).attr("stroke-width", 2).attr("stroke-dasharray", dash)
      .attr("d", d3.line().defined(({ difference }) => difference !== null).x(({ night }) => x(night)).y(({ difference }) => y(difference))(points));
    svg.append("g").selectAll("circle").data(points.filter(({ difference }) => difference !== null)).join("circle")
      .attr("cx", ({ night }) => x(night)).attr("cy", ({ difference }) => y(difference)).attr("r", 3).attr("fill", color)
      .append("title").text(({ difference, night }) => `${nights[night].at}, ${label}: ${figureText(difference, "ratio")}`);
    if (right > 100 && place < namedGroups) {
      svg.append("line").attr("x1", width - right + 10).attr("x2", width - right + 32).attr("y1", top + 18 * place).attr("y2", top + 18 * place)
        .attr("stroke", color).attr("stroke-width", 2).attr("stroke-dasharray", dash);
      svg.append("text").attr("x", width - right + 38).attr("y", top + 18 * place + 4).text(cut(label, 24)).append("title").text(label);
    }
  });
  const verdicts = svg.append("g").selectAll("text").data(nights).join("text").attr("class", "verdict").attr("text-anchor", "middle")
    .attr("x", (_, place) => x(place)).attr("y", height - bottom + 14).style("fill", ({ verdict }) => verdictMarks[verdict].color)
    .text(({ verdict }) => verdictMarks[verdict].sign);
  verdicts.append("title").text(({ at, verdict, summary }) => `${at}: ${verdictMarks[verdict].text}, ${summary}`);
  return element("div", { class: "chart" }, svg.node());
}
