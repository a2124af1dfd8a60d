"use strict";

let expanded = new Set();

function tableColumns() {
  const isSettings = state.unit === "settings";
  const standard = isSettings
    ? [...sweep.cell_settings, ...sweep.shown_measures]
    : ["run_id", "state", ...sweep.axes.map(({ name }) => name), "seed", "wall_seconds", ...sweep.shown_measures];
  const names = state.columns ?? standard;
  return names.map((name) => sweep.byName.get(name)).filter((column) => column && (!isSettings || isOfSettings(column)));
}

function isOfSettings(column) { return column.kind === "measure" || sweep.cell_settings.includes(column.name); }

/** Rows of the table: `{key, runs, cell, text, value}`, the members of an open setting below it. */
function tableRows(columns) {
  const runRow = (run, cell) => ({
    key: sweep.id(run), runs: [run], cell, isMember: cell !== undefined,
    text: (column) => column.text(run), value: (column) => column.value(run),
  });
  if (state.unit === "runs") return sorted(visible.map((run) => runRow(run)), columns);
  const isVisible = new Set(visible);
  const rows = sweep.cells.map((cell, position) => ({
    key: `cell ${position}`, runs: cell.runs.filter((run) => isVisible.has(run)), cell: position, isCell: true,
    text: (column) => cellText(cell, column), value: (column) => cellValue(cell, column),
  })).filter(({ runs }) => runs.length);
  return sorted(rows, columns).flatMap((row) =>
    (expanded.has(row.key) ? [row, ...row.runs.map((run) => runRow(run, row.cell))] : [row]));
}

function cellText(cell, column) {
  const place = sweep.cell_settings.indexOf(column.name);
  if (place >= 0) return cell.labels[place];
  return cell.texts[sweep.cell_measures.indexOf(column.name)] ?? "–";
}

function cellValue(cell, column) {
  if (sweep.cell_settings.includes(column.name)) return column.value(cell.runs[0]);
  return cell.means[sweep.cell_measures.indexOf(column.name)] ?? null;
}

/** Missing values stay last in both directions. */
function sorted(rows) {
  const column = state.sort && sweep.byName.get(state.sort.name);
  if (!column) return rows;
  const sign = state.sort.isDescending ? -1 : 1;
  return [...rows].sort((first, second) => {
    const [a, b] = [first.value(column), second.value(column)];
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return sign * (typeof a === "number" ? a - b : String(a).localeCompare(String(b)));
  });
}

function paintTable() {
  const columns = tableColumns();
  const rows = tableRows(columns);
  const shown = rows.slice(0, state.shown);
  const isSettings = state.unit === "settings";
  const ranked = state.sort && sweep.byName.get(state.sort.name)?.name.startsWith("test/") ? sweep.byName.get(state.sort.name) : null;
  const units = isSettings ? `${rows.filter(({ isCell }) => isCell).length} of ${sweep.cells.length} settings` : `${rows.length} of ${sweep.runs.length} runs`;
  const more = rows.length > shown.length
    ? element("button", { type: "button", onclick: () => change({ shown: state.shown + 400 }, ["table"]) }, `Show more (${rows.length - shown.length} are left)`) : null;
  fillSection("table", {
    title: "Table",
    controls: tableControls(columns, rows),
    chart: element("div", {},
      element("p", { class: "small warn", id: "filter-message", role: "alert" }, filterMessage),
      element("div", { class: "scroll", tabindex: "0", "aria-label": "Table of runs" }, gridTable(columns, shown)), more),
    summary: `${units} shown${state.filter && !filterMessage ? " by the filter" : ""}, ${state.selected.size} ${state.selected.size === 1 ? "run" : "runs"} selected.${isSettings ? ` Figures are ${sweep.spread_words}; the bars are intervals over seeds on one scale for each column.` : ""}${ranked ? testRemark(ranked) : ""}`,
  });
  announce(filterMessage || units);
}

function tableControls(columns, rows) {
  const input = element("input", {
    type: "text", id: "filter", spellcheck: "false", autocomplete: "off", "aria-label": "Filter as an SQL expression",
    placeholder: filterExample(), value: state.filter,
    onkeydown: (event) => { if (event.key === "Enter") apply(); },
  });
  const apply = () => { if (input.value !== state.filter) change({ filter: input.value, shown: 100 }, linkedParts); };
  const copies = [["Markdown", markdownText], ["LaTeX", latexText], ["CSV", csvText]].map(([kind, make]) =>
    element("button", { type: "button", onclick: () => offerCopy(make(columns, rows), kind) }, kind));
  return [
    element("span", { class: "filter" }, input, element("button", { type: "button", id: "apply", onclick: apply }, "Filter")),
    toggle("Settings", state.unit === "settings", () => change({ unit: "settings", columns: null }, ["table"])),
    toggle("Runs", state.unit === "runs", () => change({ unit: "runs", columns: null }, ["table"])),
    element("button", { type: "button", id: "columns", onclick: () => chooseColumns(columns) }, "Columns"),
    element("button", { type: "button", id: "unselect", disabled: state.selected.size === 0, onclick: () => select([...state.selected], false) }, "Select none"),
    element("span", {}, "Copy as "), ...copies,
  ];
}

/** A filter that works on this very sweep. */
function filterExample() {
  const axis = sweep.axes.find((column) => column.isNumeric && column.distinct.length > 1);
  return axis ? `${axis.title} >= ${axis.distinct[Math.floor(axis.distinct.length / 2)]} AND state = 'completed'` : "state = 'completed'";
}

function chooseColumns(columns) {
  const dialog = byId("copy");
  const chosen = new Set(columns.map(({ name }) => name));
  const possible = sweep.columns.filter((column) => state.unit === "runs" || isOfSettings(column));
  const boxes = possible.map((column) => element("label", {}, element("input", {
    type: "checkbox", value: column.name, checked: chosen.has(column.name),
    onchange: (event) => {
      if (event.target.checked) chosen.add(column.name); else chosen.delete(column.name);
      change({ columns: [...chosen] }, ["table"]);
    },
  }), ` ${column.name}`));
  dialog.replaceChildren(element("h2", {}, "Columns"), element("div", { class: "choice" }, ...boxes),
    element("p", {}, element("button", { type: "button", onclick: () => { change({ columns: null }, ["table"]); dialog.close(); } }, "As they were"), " ",
      element("button", { type: "button", onclick: () => dialog.close() }, "Done")));
  dialog.showModal();
}

function gridTable(columns, rows) {
  const isSettings = state.unit === "settings";
  const best = new Map(columns.filter(({ kind }) => kind === "measure").map((column) => {
    const values = rows.filter(({ isMember }) => !isMember).map((row) => row.value(column)).filter((value) => Number.isFinite(value));
    return [column, column.minimized ? d3.min(values) : d3.max(values)];
  }));
  const head = columns.map((column) => {
    const isSorted = state.sort?.name === column.name;
    const sort = () => {
      const natural = column.kind === "measure" && !column.minimized;
      change({ sort: { name: column.name, isDescending: isSorted ? !state.sort.isDescending : natural } }, ["table"]);
    };
    return element("th", { scope: "col", class: column.isNumeric ? "number" : null, title: column.name,
      "aria-sort": isSorted ? (state.sort.isDescending ? "descending" : "ascending") : null },
    element("button", { class: "plain", type: "button", "data-sort": column.name, onclick: sort },
      `${isSettings && column.kind !== "measure" ? column.title : cut(column.kind === "setting" ? column.title : column.name, 28)}${isSorted ? (state.sort.isDescending ? " ▾" : " ▴") : ""}`));
  });
  return element("table", { id: "grid" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, element("span", { class: "unseen" }, "Selected")),
      ...(isSettings ? [element("th", { scope: "col" }, element("span", { class: "unseen" }, "Seeds")), element("th", { scope: "col", class: "number" }, "n")] : []), ...head)),
    element("tbody", {}, ...rows.map((row) => gridRow(row, columns, best))));
}

function gridRow(row, columns, best) {
  const ids = row.runs.map((run) => sweep.id(run));
  const isSelected = ids.every((id) => state.selected.has(id));
  const name = row.isCell ? sweep.settingText(row.cell) : `run ${ids[0]}`;
  const box = element("input", { type: "checkbox", checked: isSelected, "aria-label": `Select ${name}`,
    onchange: (event) => select(ids, event.target.checked) });
  const cell = row.isCell ? sweep.cells[row.cell] : null;
  const lead = [element("td", {}, box)];
  if (row.isCell) {
    const isOpen = expanded.has(row.key);
    const open = () => { if (isOpen) expanded.delete(row.key); else expanded.add(row.key); change({}, ["table"]); };
    lead.push(element("td", {}, element("button", { class: "plain", type: "button", "aria-expanded": String(isOpen), "aria-label": `Seeds of ${name}`, onclick: open }, isOpen ? "▾" : "▸"),
      sweep.picks.includes(row.cell) ? element("span", { title: "picked by the objective" }, " ✱") : null));
    lead.push(element("td", { class: "number" }, cell.count));
  } else if (row.isMember) {
    lead.push(element("td", {}), element("td", { class: "number" }, `seed ${sweep.seed(row.runs[0])}`));
  }
  return element("tr", { "aria-selected": String(isSelected), class: row.isMember ? "member" : null, "data-runs": ids.join(" ") }, ...lead,
    ...columns.map((column) => {
      const value = row.value(column);
      const isBest = !row.isMember && Number.isFinite(value) && value === best.get(column);
      const text = row.text(column);
      const shownText = column.name === "run_id" ? text.slice(0, 8) : text;
      const kind = column.isNumeric ? "number" : text.length > 40 ? "wrap" : "";
      return element("td", { class: `${kind}${isBest ? " best" : ""}` || null, title: shownText === text ? null : text }, shownText,
        cell && column.kind === "measure" ? intervalBar(cell, column) : null);
    }));
}

/** The interval of a mean as a small bar, all of a column on one scale. */
function intervalBar(cell, column) {
  const place = sweep.cell_measures.indexOf(column.name);
  const [low, high] = [cell.lows[place], cell.highs[place]];
  if (low === null || low === undefined) return null;
  column.intervalRange = column.intervalRange ?? [d3.min(sweep.cells, ({ lows }) => lows[place]), d3.max(sweep.cells, ({ highs }) => highs[place])];
  const scale = d3.scaleLinear(column.intervalRange, [1, 59]);
  const svg = drawing(60, 10, "").attr("class", "interval").attr("aria-hidden", "true").style("display", "inline-block");
  svg.append("line").attr("x1", scale(low)).attr("x2", scale(high)).attr("y1", 5).attr("y2", 5).attr("stroke", "var(--soft)").attr("stroke-width", 2);
  svg.append("circle").attr("cx", scale(cell.means[place])).attr("cy", 5).attr("r", 2.5).attr("fill", "var(--ink)");
  return svg.node();
}

function copiedRows(columns, rows) {
  const header = [...(state.unit === "settings" ? ["n"] : []), ...columns.map(({ name }) => name)];
  const body = rows.filter(({ isMember }) => !isMember).map((row) => [...(row.isCell ? [sweep.cells[row.cell].count] : []), ...columns.map((column) => row.text(column))]);
  return { header, body };
}

function markdownText(columns, rows) {
  const { header, body } = copiedRows(columns, rows);
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ")).join(" | ")} |`;
  return `${[line(header), `|${header.map(() => "---|").join("")}`, ...body.map(line)].join("\n")}\n`;
}

function latexText(columns, rows) {
  const { header, body } = copiedRows(columns, rows);
  const signs = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "±": "$\\pm$", "–": "--", "<": "$<$", ">": "$>$", "∞": "$\\infty$" };
  const escaped = (cell) => String(cell).replaceAll(/[\\~^±–<>∞&%$#_{}]/g, (sign) => signs[sign] ?? `\\${sign}`);
  const line = (cells) => `${cells.map(escaped).join(" & ")} \\\\`;
  const alignment = [...(state.unit === "settings" ? ["r"] : []), ...columns.map((column) => (column.isNumeric ? "r" : "l"))].join("");
  return `${[`\\begin{tabular}{${alignment}}`, "\\toprule", line(header), "\\midrule", ...body.map(line), "\\bottomrule", "\\end{tabular}"].join("\n")}\n`;
}

/** Values in full, not as they are shown. */
function csvText(columns, rows) {
  const quoted = (value) => { const text = value === null || value === undefined ? "" : String(value); return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  const body = rows.filter(({ isMember }) => !isMember).map((row) => columns.map((column) => quoted(row.value(column))).join(","));
  return `${[columns.map(({ name }) => quoted(name)).join(","), ...body].join("\n")}\n`;
}
