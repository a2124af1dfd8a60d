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

/** One small panel for each swept setting, all over the same range. */
function paintEffects() {
  const title = "What matters";
  const { effects, noise, baseline } = sweep;
  if (!effects.length) {
    return emptySection("effects", title, sweep.axes.length
      ? `No completed run has ${sweep.objective} yet.` : "The sweep varies nothing but the seed.");
  }
  const objective = sweep.objectiveColumn;
  const all = effects.flatMap(({ levels }) => levels.flatMap(({ low, high, mean, points }) => [low ?? mean, high ?? mean, ...points]));
  if (baseline) all.push(baseline.value);
  const [low, high] = d3.extent(all);
  const margin = (high - low || Math.abs(high) || 1) * 0.05;
  const domain = [low - margin, high + margin];
  const panels = effects.map((effect) => effectPanel(effect, domain, objective, baseline));
  const chart = element("div", { class: "chart beside" }, effectBars(effects, noise, objective),
    element("div", { class: "panels" }, ...panels));
  const strongest = effects[0];
  fillSection("effects", {
    title, chart,
    summary: `${objective.name} averaged over everything else, ${objective.minimized ? "lower" : "higher"} is better: mean and 95% interval over seeds, single runs as dots`
      + `${baseline ? `, ${baseline.title} dashed` : ""}. ${strongest.title} moves it most, by ${strongest.range_text}`
      + `${noise ? `; seeds alone scatter by ${noise.text} (standard deviation within a setting)` : ""}.`,
    numbers: () => ({
      header: ["setting", "value", "n", "mean", "low", "high"],
      rows: effects.flatMap((effect) => effect.levels.map((level) =>
        [effect.title, level.text, level.n, level.mean_text, ...[level.low, level.high].map((end) => figureText(end, objective.format))])),
    }),
  });
}

function effectBars(effects, noise, objective) {
  const bars = effects.map(({ title, range, range_text }) => ({ title, range, text: range_text, isNoise: false }));
  if (noise) bars.push({ title: "seed noise", range: noise.deviation, text: noise.text, isNoise: true });
  const width = 300, row = 34;
  const scale = d3.scaleLinear([0, d3.max(bars, ({ range }) => range) || 1], [0, width - 90]);
  const svg = drawing(width, bars.length * row + 4, `How far each setting moves ${objective.name}: ${bars.map((bar) => `${bar.title} ${bar.text}`).join(", ")}`);
  bars.forEach((bar, place) => {
    const group = svg.append("g").attr("transform", `translate(0,${place * row})`);
    group.append("text").attr("y", 11).text(cut(bar.title, 40));
    group.append("rect").attr("y", 16).attr("height", 9).attr("width", Math.max(1, scale(bar.range)))
      .attr("fill", bar.isNoise ? "var(--soft)" : categoryColors[0]);
    group.append("text").attr("class", "soft").attr("x", scale(bar.range) + 6).attr("y", 25).text(bar.text);
  });
  return element("div", {}, svg.node(), element("p", { class: "small" },
    "Best minus worst mean of each setting; for the seeds, the standard deviation within a setting."));
}

function effectPanel(effect, domain, objective, baseline) {
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
  if (baseline) {
    svg.append("line").attr("class", "reference").attr("x1", left).attr("x2", width - 8).attr("y1", y(baseline.value)).attr("y2", y(baseline.value));
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
