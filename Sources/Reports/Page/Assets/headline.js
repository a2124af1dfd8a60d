"use strict";

function paintTop() {
  const dark = isDark();
  const names = [...page.sweeps.map(({ name }) => name), ...page.other_sweeps];
  const sweeps = names.length > 1
    ? choice("Sweep", names.map((name) => ({ value: name, text: name })), state.sweep, openSweep)
    : null;
  byId("top").replaceChildren(...[
    element("span", { class: "name" }, `${page.program} report`), sweeps,
    element("span", { id: "live", class: "small" }, page.live ? "live" : ""),
    element("button", { type: "button", id: "theme", onclick: () => setTheme(dark ? "light" : "dark") },
      dark ? "Light" : "Dark"),
  ].filter((child) => child));
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  change({ theme }, everyPart);
}

function openSweep(name) {
  if (page.other_sweeps.includes(name)) {
    const query = new URLSearchParams(location.search);
    query.set("sweep", name);
    location.assign(`${location.pathname}?${query}`);
    return;
  }
  sweep = new Sweep(page.sweeps.find((one) => one.name === name) ?? page.sweeps[0]);
  change({ sweep: sweep.name, filter: "", brushes: {}, selected: new Set(), columns: null, sort: null,
    heat: {}, box: {}, curve: {}, scatter: {} }, everyPart);
}

function paintHeadline() {
  const { description, progress, answer, facts, notes, failures } = sweep;
  byId("headline").replaceChildren(...[
    element("h1", {}, sweep.name),
    description ? element("p", { class: "question" }, description) : null,
    element("p", { class: "answer" }, answer),
    element("p", { class: progress.is_sound ? "small" : "small warn", id: "progress" }, progress.text),
    ...failures.map(({ text }) => element("p", { class: "small warn" }, text)),
    element("ul", { class: "facts small" }, ...facts.map((fact) => element("li", {}, fact))),
    notes.length ? element("details", { open: notes.length < 4 },
      element("summary", {}, `What to bear in mind (${notes.length})`),
      ...notes.map((note) => element("p", { class: "small" }, note))) : null,
  ].filter((child) => child));
  document.title = sweep.name;
}

/** What share of the variation goes with what, and one small panel for each swept setting over the same range. */
function paintEffects() {
  const title = "What matters";
  const { reason, shares, effects, notes, reference, over } = sweep.sensitivity;
  if (!effects.length) return emptySection("effects", title, `Not known yet: ${reason}.`);
  const measure = sweep.byName.get(sweep.sensitivity.measure);
  const all = effects.flatMap(({ levels }) => levels.flatMap(({ low, high, mean, points }) => [low ?? mean, high ?? mean, ...points]));
  if (reference) all.push(reference.value);
  const [low, high] = d3.extent(all);
  const margin = (high - low || Math.abs(high) || 1) * 0.05;
  const domain = [low - margin, high + margin];
  const panels = effects.map((effect) => effectPanel(effect, domain, measure, reference));
  const strongest = effects[0];
  fillSection("effects", {
    title,
    chart: element("div", { class: "chart beside" }, shareBars(shares, notes, measure), element("div", { class: "panels" }, ...panels)),
    summary: `${measure.name} for each value of a setting, over all else, ${measure.minimized ? "lower" : "higher"} is better: mean and 95% interval over ${over}, single runs as dots`
      + `${reference ? `, ${reference.title} dashed` : ""}. ${strongest.title} moves the mean most, by ${strongest.range_text}.${testRemark(measure)}`,
    numbers: () => ({
      header: ["setting", "value", "n", "mean", "low", "high"],
      rows: effects.flatMap((effect) => effect.levels.map((level) =>
        [effect.title, level.text, level.n, level.mean_text, ...[level.low, level.high].map((end) => figureText(end, measure.format))])),
    }),
  });
}

function shareBars(shares, notes, measure) {
  const width = 300, row = 34;
  const scale = d3.scaleLinear([0, d3.max(shares, ({ share }) => share) || 1], [0, width - 60]);
  const svg = drawing(width, shares.length * row + 4, `Share of the variation of ${measure.name}: ${shares.map((bar) => `${bar.title} ${bar.text}`).join(", ")}`);
  shares.forEach((bar, place) => {
    const group = svg.append("g").attr("transform", `translate(0,${place * row})`);
    const name = group.append("text").attr("y", 11).text(cut(bar.title, 30));
    name.append("tspan").attr("class", "soft").attr("dx", 8).text(bar.details);
    group.append("rect").attr("y", 16).attr("height", 9).attr("width", Math.max(1, scale(bar.share)))
      .attr("fill", bar.title.startsWith("noise") ? "var(--soft)" : categoryColors[0]);
    group.append("text").attr("class", "soft").attr("x", Math.max(1, scale(bar.share)) + 6).attr("y", 25).text(bar.text);
    group.append("title").text(bar.title);
  });
  return element("div", {}, element("h3", { class: "first" }, "Share of the variation"), svg.node(), ...notes.map((note) => element("p", { class: "small" }, note)));
}

function effectPanel(effect, domain, objective, reference) {
  const width = 240, height = 170, left = 48, bottom = 34, top = 18;
  const x = d3.scalePoint(effect.levels.map(({ text }) => text), [left, width - 8]).padding(0.5);
  const y = d3.scaleLinear(domain, [height - bottom, top]);
  const svg = drawing(width, height, `${objective.name} by ${effect.title}: ${effect.levels.map(({ text, mean_text }) => `${text} ${mean_text}`).join(", ")}`);
  svg.append("text").attr("class", "axis-title").attr("x", left).attr("y", 11).text(cut(effect.title, 26));
  svg.append("g").attr("transform", `translate(${left},0)`)
    .call(d3.axisLeft(y).ticks(4).tickFormat((value) => tickText(value, objective.format)).tickSizeOuter(0));
  const room = (width - left) / effect.levels.length;
  svg.append("g").attr("transform", `translate(0,${height - bottom})`)
    .call(d3.axisBottom(x).tickSizeOuter(0).tickFormat((text) => cut(text, Math.max(3, Math.floor(room / 6.5)))));
  if (reference) {
    svg.append("line").attr("class", "reference").attr("x1", left).attr("x2", width - 8).attr("y1", y(reference.value)).attr("y2", y(reference.value));
  }
  for (const level of effect.levels) {
    const group = svg.append("g").attr("transform", `translate(${x(level.text)},0)`);
    level.points.forEach((point, place) => group.append("circle").attr("cx", ((place % 5) - 2) * 2.2)
      .attr("cy", y(point)).attr("r", 2).attr("fill", "var(--soft)").attr("fill-opacity", 0.35));
    if (level.low !== null) {
      group.append("line").attr("y1", y(level.low)).attr("y2", y(level.high)).attr("stroke", "var(--ink)").attr("stroke-width", 1.5);
    }
    group.append("circle").attr("cy", y(level.mean)).attr("r", 4).attr("fill", categoryColors[0]).attr("stroke", "var(--paper)");
    group.append("title").text(`${effect.title} ${level.text}: ${level.mean_text}, n = ${level.n}`);
  }
  return svg.node();
}
