// Pictures: drawn as SVG, each with its numbers in words for those who do not see it.

import { h, svg } from "./dom.js";
import { number, percent } from "./format.js";

/** Bars over time, stacked. Each bucket: {title, parts: [{tone, value}]}. */
export function stackedBars(buckets, { label, height = 96, legend, ticks = [] }) {
  const most = Math.max(1, ...buckets.map((bucket) => bucket.parts.reduce((sum, part) => sum + part.value, 0)));
  const width = Math.max(buckets.length, 1);
  const bars = buckets.map((bucket, place) => {
    let top = height;
    const parts = bucket.parts.map((part) => {
      const tall = (part.value / most) * height;
      top -= tall;
      return tall > 0 ? svg("rect", { x: place + 0.12, y: top, width: 0.76, height: Math.max(tall, 1), class: "fill", "data-tone": part.tone }) : null;
    });
    return svg("g", { class: "bar" }, svg("title", null, bucket.title), svg("rect", { x: place, y: 0, width: 1, height, class: "hit" }), parts);
  });
  return h(
    "figure",
    { class: "chart" },
    h(
      "div",
      { class: "chart-plot" },
      h("span", { class: "chart-most", "aria-hidden": "true" }, number(most)),
      svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": label, "--chart-height": `${height}px` }, svg("line", { x1: 0, x2: width, y1: 0.5, y2: 0.5, class: "rule" }), bars, svg("line", { x1: 0, x2: width, y1: height, y2: height, class: "axis" })),
    ),
    ticks.length ? h("div", { class: "chart-ticks", "aria-hidden": "true" }, ticks.map((tick) => h("span", null, tick))) : null,
    legend ? h("figcaption", { class: "legend" }, legend.map(([tone, text]) => h("span", null, h("i", { "data-tone": tone, "aria-hidden": "true" }), text))) : null,
  );
}

/** Shares of a whole as one bar. Each part: {tone, value, label}. */
export function shareBar(parts, label) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const shown = parts.filter((part) => part.value > 0);
  return h(
    "div",
    { class: "share-bar", role: "img", "aria-label": `${label}: ${shown.map((part) => `${part.label} ${number(part.value)}`).join(", ") || "none"}` },
    shown.map((part) => h("span", { "data-tone": part.tone, title: `${part.label}: ${number(part.value)} (${percent(part.value / total)})`, "--share": `${(100 * part.value) / total}%` })),
  );
}

/** A small line of counts. */
export function sparkline(counts, label) {
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, place) => svg("rect", { x: place + 0.1, width: 0.8, y: 20 - Math.max((18 * count) / most, count ? 2 : 0.6), height: Math.max((18 * count) / most, count ? 2 : 0.6), class: "fill", "data-tone": count ? "accent" : "track" }));
  return svg("svg", { class: "sparkline", viewBox: `0 0 ${Math.max(1, counts.length)} 20`, preserveAspectRatio: "none", role: "img", "aria-label": label }, bars);
}

/** Where a distance lies between none and all bits, with the zone in which it is a match. */
export function scale({ distanceBits, thresholdBits, bits }) {
  return h(
    "div",
    {
      class: "scale", role: "img", "aria-label": `distance ${distanceBits}, threshold ${thresholdBits ?? "none"}, of ${bits} bits`,
      "--distance": `${(100 * distanceBits) / bits}%`, "--threshold": `${(100 * (thresholdBits ?? 0)) / bits}%`,
    },
    h("span", null),
  );
}

const NEAR = { same: "same", near: "near", uncertain: "uncertain", none: "none" };

/** How alike a layer is to its partner: the strip's four shades. */
function nearness(layer) {
  if (layer.isMatch) return layer.distanceBits <= 0.1 * layer.bits ? NEAR.same : NEAR.near;
  const hasPartner = (layer.protectedLayer ?? layer.partner ?? null) !== null;
  return hasPartner && layer.falseMatchRate <= 0.02 ? NEAR.uncertain : NEAR.none;
}

function layerTitle(layer) {
  const name = layer.uploadLayer ?? layer.layer;
  const partner = layer.protectedLayer ?? layer.partner;
  const found = partner ? `${partner}: ${layer.distanceBits} of ${layer.bits} bits differ` : "no layer to compare with";
  return `${name} – ${found}${layer.isMatch ? "" : ", no match"}`;
}

/** One cell for each layer, darker where it is nearer to a layer of the other model. */
export function layerStrip(layers, label) {
  return h("div", { class: "strip", role: "img", "aria-label": label }, layers.map((layer) => h("span", { "data-near": nearness(layer), title: layerTitle(layer) })));
}

export function stripLegend() {
  const shades = [["same", "nearly the same"], ["near", "match"], ["uncertain", "alike, no match"], ["none", "no match"]];
  return h("p", { class: "legend" }, shades.map(([near, text]) => h("span", null, h("i", { class: "shade", "data-near": near, "aria-hidden": "true" }), text)));
}

/** The layers of two models as two rows, with a line between partners: a picture of what was copied, and where to. */
export function layerLinks(layers, labels) {
  const width = 1000;
  const gap = (count) => width / Math.max(1, count);
  const placesOfB = new Map(layers.ofB.map((layer, place) => [layer.layer, place]));
  const cell = (y) => (layer, place, all) => svg("rect", { x: place * gap(all.length) + 1, y, width: Math.max(2, gap(all.length) - 2), height: 18, rx: 2, class: "layer", "data-near": nearness(layer) }, svg("title", null, layerTitle(layer)));
  const lines = layers.ofA.map((layer, place) => {
    if (!layer.isMatch || !placesOfB.has(layer.partner)) return null;
    const from = (place + 0.5) * gap(layers.ofA.length);
    const to = (placesOfB.get(layer.partner) + 0.5) * gap(layers.ofB.length);
    return svg("path", { d: `M${from} 18 C${from} 50 ${to} 50 ${to} 82`, class: "link", "data-near": nearness(layer) });
  });
  return h(
    "figure",
    { class: "links" },
    h("p", { class: "links-name" }, labels[0]),
    svg("svg", { viewBox: `0 0 ${width} 100`, preserveAspectRatio: "none", role: "img", "aria-label": `${layers.matchedLayers} layers of ${labels[0]} match layers of ${labels[1]}` }, lines, layers.ofA.map(cell(0)), layers.ofB.map(cell(82))),
    h("p", { class: "links-name" }, labels[1]),
  );
}
