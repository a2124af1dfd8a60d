"use strict";

const painters = {
  top: paintTop, headline: paintHeadline, nightly: paintNightly, effects: paintEffects, heat: paintHeat, boxes: paintBoxes,
  parallel: paintParallel, parallelLines: paintParallelLines, ranges: paintRanges, curves: paintCurves,
  scatter: paintScatter, table: paintTable, comparisons: paintComparisons, difference: paintDifference, provenance: paintProvenance,
};

function applyTheme() {
  const isDarkWanted = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = state.theme || (isDarkWanted ? "dark" : "light");
}

function openAddress() {
  readAddress();
  sweep = new Sweep(page.sweeps.find(({ name }) => name === state.sweep) ?? page.sweeps[0]);
  state.sweep = sweep.name;
  applyTheme();
  draw(everyPart);
}

openAddress();
addEventListener("hashchange", openAddress);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { applyTheme(); draw(everyPart); });

let drawnWidth = document.documentElement.clientWidth;
addEventListener("resize", () => {
  if (document.documentElement.clientWidth === drawnWidth) return;
  drawnWidth = document.documentElement.clientWidth;
  change({}, ["nightly", "effects", "heat", "boxes", "parallel", "curves", "scatter"]);
});

// Paper is white: canvases are drawn anew for it, and after it.
addEventListener("beforeprint", () => { document.documentElement.dataset.theme = "light"; draw(everyPart); });
addEventListener("afterprint", () => { applyTheme(); draw(everyPart); });

// A wheel that turns over a brushed axis should still scroll the page, and Escape closes what hovers.
addEventListener("keydown", (event) => { if (event.key === "Escape") hideTooltip(); });
