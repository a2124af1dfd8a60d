"use strict";

/** An element with attributes, listeners (`onclick`) and children; text is never read as markup. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && typeof value === "boolean") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function byId(id) { return document.getElementById(id); }

/** A labelled choice among names; `choose` is told the new one. */
function choice(label, options, chosen, choose) {
  const select = element("select", { onchange: (event) => choose(event.target.value) },
    ...options.map(({ value, text }) => {
      const option = element("option", { value }, text);
      option.selected = value === chosen;
      return option;
    }));
  return element("label", {}, label, select);
}

function toggle(label, isOn, change) {
  return element("button",
    { type: "button", "aria-pressed": String(isOn), onclick: () => change(!isOn) }, label);
}

/** A table of texts under a line of names. */
function plainTable(header, rows) {
  return element("table", {},
    element("thead", {}, element("tr", {}, ...header.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows.map((row) =>
      element("tr", {}, ...row.map((cell) => element("td", {}, String(cell ?? "–")))))));
}

/**
 * Fills a section: its title, its controls, its chart, a sentence of what can be seen, and the
 * numbers behind it, which are built when somebody asks for them.
 */
function fillSection(id, { title, controls = [], chart = null, summary = "", numbers = null }) {
  const section = byId(id);
  const focused = section.contains(document.activeElement)
    ? [...section.querySelectorAll("button, select, input")].indexOf(document.activeElement) : -1;
  const isOpen = section.querySelector("details.numbers")?.open ?? false;
  const details = numbers && element("details", { class: "numbers" },
    element("summary", {}, "Data as table"));
  const build = () => {
    if (details.open && details.childElementCount === 1) {
      const { header, rows } = numbers();
      details.append(element("div", { class: "scroll", tabindex: "0" }, plainTable(header, rows)));
    }
  };
  details?.addEventListener("toggle", build);
  section.replaceChildren(...[
    element("h2", { id: `${id}-title` }, title),
    controls.length ? element("div", { class: "controls" }, ...controls) : null,
    chart, summary ? element("p", { class: "summary" }, summary) : null, details,
  ].filter((child) => child));
  if (details) { details.open = isOpen; build(); }
  if (focused >= 0) section.querySelectorAll("button, select, input")[focused]?.focus();
}

/** A section that has nothing to show says why. */
function emptySection(id, title, reason) {
  fillSection(id, { title, summary: reason });
}

function showTooltip(text, event) {
  const box = byId("tooltip");
  box.textContent = text;
  box.hidden = false;
  const width = box.offsetWidth, height = box.offsetHeight;
  box.style.left = `${Math.max(4, Math.min(event.clientX + 12, innerWidth - width - 8))}px`;
  box.style.top = `${event.clientY + height + 20 > innerHeight
    ? event.clientY - height - 8 : event.clientY + 14}px`;
}

function hideTooltip() { byId("tooltip").hidden = true; }

function announce(text) { byId("announcement").textContent = text; }

/** Shows text to copy, and copies it where the browser allows that. */
async function offerCopy(text, kind) {
  const dialog = byId("copy");
  const note = element("p", { class: "small" }, "Press Ctrl-C to copy.");
  const area = element("textarea", { readonly: true, "aria-label": `The table as ${kind}` });
  area.value = text;
  dialog.replaceChildren(element("h2", {}, `The table as ${kind}`), note, area,
    element("p", {}, element("button", { type: "button", onclick: () => dialog.close() }, "Close")));
  dialog.showModal();
  area.select();
  try {
    await navigator.clipboard.writeText(text);
    note.textContent = "Copied.";
  } catch (refusal) {
    note.textContent = `Press Ctrl-C to copy (the browser did not do it: ${refusal.name}).`;
  }
}
