// A distance drawn on the distribution of distances between unrelated models: how far from chance it is, at a glance.

import { h, svg } from "./dom.js";
import { number } from "./format.js";
import * as api from "./api.js";

const WIDTH = 720;
const HEIGHT = 150;
const FLOOR = 118;
let known = null;

/** What the API tells of an algorithm, asked for once; null if it has another version by now. */
export function distancesOf(algorithm, version) {
  known ??= api.get("distances").catch((problem) => {
    known = null;
    throw problem;
  });
  return known.then((all) => (all[algorithm]?.version === version ? all[algorithm] : null));
}

/** The middle of each bin, in order. */
const curve = (unrelated) => (unrelated ?? []).map(({ fromBits, toBits, share }) => ({ bits: (fromBits + toBits) / 2, share }));

const x = (bits, all) => (WIDTH * bits) / all;

function area(points, all) {
  const most = Math.max(...points.map((point) => point.share));
  const line = points.map((point) => `${x(point.bits, all).toFixed(1)} ${(FLOOR - (point.share / most) * 96).toFixed(1)}`);
  return `M${x(points[0].bits, all).toFixed(1)} ${FLOOR} L${line.join(" L")} L${x(points.at(-1).bits, all).toFixed(1)} ${FLOOR} Z`;
}

function marker(bits, all, tone, height) {
  return svg("g", { class: "marker", "data-tone": tone }, svg("line", { x1: x(bits, all), x2: x(bits, all), y1: FLOOR - height, y2: FLOOR }), svg("circle", { cx: x(bits, all), cy: FLOOR - height, r: 5 }));
}

/** A label right of its place, or left of it where it would leave the picture or hide the distribution. */
function label(bits, all, y, text, tone, isLeft = false) {
  const place = x(bits, all);
  const isRight = isLeft || place > WIDTH * 0.8;
  return svg("text", { x: isRight ? place - 9 : place + 9, y, "text-anchor": isRight ? "end" : "start", "data-tone": tone }, text);
}

function axis(all) {
  return [0, 0.25, 0.5].map((share) => svg("text", { x: x(share * all, all) + (share ? 0 : 2), y: FLOOR + 16, class: "tick", "text-anchor": share ? "middle" : "start" }, share ? `${number(share * all)} bits` : "0: the same weights"));
}

/** The picture for an alert; `distribution` as the API tells it, null if it is not known. */
export function distancePicture(alert, distribution) {
  const all = alert.bits;
  const points = curve(distribution?.unrelated);
  const baseline = alert.nearestBaseline;
  const inWords = `${alert.distanceBits} of ${all} bits differ; ${alert.thresholdBits} or fewer are a match; unrelated models differ in about ${Math.round(all / 2)}${baseline ? `; the public ${baseline.id} differs in ${baseline.distanceBits}` : ""}`;
  return h(
    "figure",
    { class: "distances" },
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "xMinYMid meet", role: "img", "aria-label": inWords },
      svg("rect", { x: 0, y: 8, width: x(alert.thresholdBits, all), height: FLOOR - 8, class: "zone" }),
      points.length ? svg("path", { d: area(points, all), class: "unrelated" }) : null,
      points.length ? svg("text", { x: x(points.reduce((a, b) => (a.share > b.share ? a : b)).bits, all), y: 12, "text-anchor": "middle", class: "tick" }, "unrelated models") : null,
      svg("line", { x1: x(alert.thresholdBits, all), x2: x(alert.thresholdBits, all), y1: 8, y2: FLOOR, class: "threshold" }),
      label(alert.thresholdBits, all, 112, `match at ${number(alert.thresholdBits)}`, "soft", true),
      svg("line", { x1: 0, x2: WIDTH, y1: FLOOR, y2: FLOOR, class: "axis" }),
      axis(all),
      baseline ? [marker(baseline.distanceBits, all, "calm", 34), label(baseline.distanceBits, all, 84, `public ${baseline.id}`, "calm")] : null,
      marker(alert.distanceBits, all, "alarm", 86),
      label(alert.distanceBits, all, 30, `this upload: ${number(alert.distanceBits)}`, "alarm"),
    ),
  );
}
