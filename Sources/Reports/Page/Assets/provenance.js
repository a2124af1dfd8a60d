"use strict";

function paintProvenance() {
  const { provenance, environments } = sweep;
  const list = (rows) => element("table", {}, element("tbody", {}, ...rows.map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", { class: "wrap" }, value)))));
  byId("provenance").replaceChildren(
    element("h2", { id: "provenance-title" }, "How it came to be"),
    element("h3", {}, "Commands that make these figures again"),
    element("pre", {}, provenance.commands.join("\n")),
    element("h3", {}, "Launch"), element("div", { class: "scroll", tabindex: "0" }, list(provenance.facts)),
    element("h3", {}, environments.length > 1 ? `Environments (${environments.length})` : "Environment"),
    ...(environments.length
      ? environments.map((one) => element("div", { class: "scroll", tabindex: "0" }, list(Object.entries(one))))
      : [element("p", { class: "small" }, "No run has told its environment yet.")]),
    element("h3", {}, `Sweep file ${provenance.file}`),
    element("pre", { tabindex: "0" }, ...provenance.text.split("\n").flatMap((line) => [...highlighted(line), "\n"])));
}

/** A line of YAML with its key, texts and comment marked; a help for the eye, no parser. */
function highlighted(line) {
  const parts = [];
  const key = /^(\s*(?:- )?)([^\s#:'"{}[\]][^#:'"{}[\]]*)(:)(?=\s|$)/.exec(line);
  let rest = line;
  if (key) {
    parts.push(key[1], element("span", { class: "key" }, key[2]), key[3]);
    rest = line.slice(key[0].length);
  }
  for (const match of rest.matchAll(/(\s#.*$|^#.*$)|('[^']*'|"[^"]*")|([^'"#\s]+|\s+|.)/g)) {
    if (match[1]) parts.push(element("span", { class: "comment" }, match[1]));
    else if (match[2]) parts.push(element("span", { class: "text" }, match[2]));
    else parts.push(match[3]);
  }
  return parts;
}
