"use strict";

/** Okabe and Ito's palette; black and yellow are left out, which vanish on one of the papers. */
const categoryColors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const dashes = ["", "6 3", "2 3", "8 3 2 3"];
/** Groups that have a colour and a dash of their own; more cannot be told apart. */
const namedGroups = 6;
/** Values of a setting that are shown one by one; more are put into ranges. */
const shownLevels = 12;

/** Text of a number as reports have it. */
function fixed(value, decimals) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (value !== 0 && Math.abs(value) < 10 ** -decimals) {
    return value.toExponential(1).replace(/e([+-])(\d)$/, "e$10$2");
  }
  return value.toFixed(decimals);
}

function durationText(seconds) {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${seconds.toFixed(1)} s`;
  const two = (number) => String(number).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

function bytesText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes / 1024;
  for (const unit of ["KiB", "MiB"]) {
    if (value < 1024) return `${value.toFixed(1)} ${unit}`;
    value /= 1024;
  }
  return `${value.toFixed(1)} GiB`;
}

/** A figure that the page itself has worked out, in the form of its column. */
function figureText(value, format) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  switch (format) {
    case "ratio": return fixed(value * 100, 2) + (Number.isFinite(value) ? "%" : "");
    case "number": return fixed(value, 4);
    case "seconds": return durationText(value);
    case "bytes": return bytesText(value);
    default: return Number.isFinite(value) ? String(value) : value < 0 ? "-inf" : "inf";
  }
}

/** Text of a place on an axis, where there is little room. */
function tickText(value, format) {
  if (format === "ratio") return `${Number((value * 100).toPrecision(4))}%`;
  if (format === "seconds") return durationText(value);
  if (format === "bytes") return bytesText(value);
  return String(Number(value.toPrecision(4)));
}

function mean(values) { return values.reduce((sum, value) => sum + value, 0) / values.length; }

/** Pairs of a seed and a value as one value a seed: folds and other settings are no replicates. */
function seedMeans(entries) {
  const values = new Map();
  for (const [seed, value] of entries) values.set(seed, [...(values.get(seed) ?? []), value]);
  return [...values.values()].map(mean);
}

function deviation(values) {
  if (values.length < 2) return null;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** Half of the 95 % interval of a mean, with Student's t as the reports have it; null for one value. */
function halfWidth(values) {
  const spread = deviation(values);
  const t = page.student[Math.min(values.length - 2, page.student.length - 1)];
  return spread === null ? null : (t * spread) / Math.sqrt(values.length);
}

/** A quantile by linear interpolation between order statistics; `sorted` ascends. */
function quantile(sorted, share) {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** What the theme's colours are now, for canvases. */
function themeColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function isDark() { return document.documentElement.dataset.theme === "dark"; }

/** Viridis without the end that the paper swallows. */
function evenColor(share) {
  return d3.interpolateViridis(isDark() ? 0.2 + 0.8 * share : 0.9 * share);
}

/** A scale of even steps for values of a measure; the better end is the lighter one. */
function colorScale(values, isMinimized = false) {
  const finite = values.filter((value) => Number.isFinite(value));
  const [low, high] = finite.length ? d3.extent(finite) : [0, 1];
  return (value) => {
    if (!Number.isFinite(value)) return themeColor("faint");
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return evenColor(isMinimized ? 1 - share : share);
  };
}

/** Black or white, whichever can be read on a colour. */
function readableOn(color) {
  const { r, g, b } = d3.rgb(color);
  return (0.299 * r + 0.587 * g + 0.114 * b) > 140 ? "#000000" : "#ffffff";
}

/** The values of a setting as few groups: one by one, or as ranges where there are many. */
function levelsOf(column, runs) {
  const values = runs.map((run) => column.value(run));
  const distinct = column.distinct.filter((value) => values.includes(value));
  if (distinct.length <= shownLevels || !distinct.every((value) => typeof value === "number")) {
    const shown = distinct.slice(0, 4 * shownLevels);
    return { labels: shown.map((value) => column.label(value)), index: (value) => shown.indexOf(value) };
  }
  const ranges = d3.range(1, namedGroups).map((part) => distinct[Math.floor((part * distinct.length) / namedGroups)]);
  const ends = [distinct[0], ...ranges, distinct[distinct.length - 1]];
  return {
    labels: d3.range(namedGroups).map((part) => `${tickText(ends[part])} – ${tickText(ends[part + 1])}`),
    index: (value) => (typeof value === "number" ? d3.bisectRight(ranges, value) : -1),
  };
}

/** An SVG of a chart, as wide as there is room. */
function drawing(width, height, label) {
  return d3.create("svg").attr("width", width).attr("height", height)
    .attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img").attr("aria-label", label);
}

function canvas(width, height) {
  const ratio = window.devicePixelRatio || 1;
  const node = element("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio),
    "aria-hidden": "true" });
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
  node.getContext("2d").scale(ratio, ratio);
  return node;
}

function roomOf(id, limit = 1100) { return Math.max(280, Math.min(limit, byId(id).clientWidth)); }

function cut(text, limit) { return text.length > limit ? `${text.slice(0, limit - 1)}…` : text; }
