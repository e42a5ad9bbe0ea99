// Coverage: what share of the uploads was compared, and why the rest was not.

import { h, option, replace } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { shareBar, stackedBars } from "../lib/charts.js";
import { clock, number, percent, percentFine, plural } from "../lib/format.js";
import { caseOfUpload } from "../lib/uploads.js";
import { failed, heading, loading, nothing, panel, tile, worded } from "../lib/parts.js";
import { OUTCOME } from "../lib/words.js";

const WINDOWS = [["24", "Last 24 hours"], ["168", "Last 7 days"], ["720", "Last 30 days"]];
const HOUR = 3_600_000;
const SHARE_TONES = ["ok", "warn", "high", "medium", "low", "info", "accent", "alarm", "calm"];

/** A bar for an hour, six, or a day: empty hours, which the API leaves out, are in it. */
function buckets(hours, span) {
  const step = span <= 24 ? 1 : span <= 168 ? 6 : 24;
  const count = Math.ceil(span / step);
  const end = Math.floor(Date.now() / (step * HOUR));
  const sums = Array.from({ length: count }, (_, place) => ({ at: (end - count + 1 + place) * step * HOUR, received: 0, hashed: 0, notScanned: 0 }));
  for (const hour of hours) {
    const sum = sums[Math.floor(Date.parse(hour.at) / (step * HOUR)) - end + count - 1];
    if (sum) ["received", "hashed", "notScanned"].forEach((name) => (sum[name] += hour[name]));
  }
  return sums;
}

function byHour(found, span) {
  const hours = buckets(found, span);
  const bars = hours.map((hour) => ({ title: `${clock(hour.at)}: ${hour.received} received, ${hour.hashed} hashed, ${hour.notScanned} not scanned`, parts: [{ tone: "ok", value: hour.hashed }, { tone: "warn", value: hour.notScanned }, { tone: "accent", value: Math.max(0, hour.received - hour.hashed - hour.notScanned) }] }));
    return stackedBars(bars, { label: "Uploads by hour: hashed, not scanned, in progress", height: 120, ticks: [clock(hours[0].at), "now"], legend: [["ok", "hashed"], ["warn", "not fully scanned"], ["accent", "in progress"]] });
}

function outcomesOf(byOutcome) {
  const rows = Object.entries(byOutcome).filter(([, count]) => count > 0).sort((a, b) => (a[0] === "HASHED" ? -1 : b[0] === "HASHED" ? 1 : b[1] - a[1]));
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  const parts = rows.map(([outcome, value], place) => ({ tone: SHARE_TONES[place % SHARE_TONES.length], value, label: OUTCOME[outcome]?.label ?? outcome }));
  const items = rows.map(([outcome, count], place) => h("li", null, h("i", { class: "swatch", "data-tone": parts[place].tone, "aria-hidden": "true" }), worded(OUTCOME, outcome), h("span", { class: "numeric" }, number(count)), h("span", { class: "numeric soft" }, percentFine(count / total))));
  return [shareBar(parts, "Uploads by outcome"), h("ul", { class: "outcomes" }, items)];
}

/** Formats against outcomes: darker where there are more. */
function matrix(byFormat) {
  const formats = Object.keys(byFormat).sort();
  const outcomes = Object.keys(OUTCOME).filter((outcome) => formats.some((format) => byFormat[format][outcome]));
  const sum = (format) => Object.values(byFormat[format]).reduce((all, count) => all + count, 0);
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Outcomes by format" },
    h(
      "table",
      { class: "matrix" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Format"), outcomes.map((outcome) => h("th", { scope: "col" }, OUTCOME[outcome].label)))),
      h(
        "tbody",
        null,
        formats.map((format) =>
          h("tr", null, h("th", { scope: "row" }, format || "not recognised"), outcomes.map((outcome) => {
            const count = byFormat[format][outcome] ?? 0;
            return h("td", { "data-tone": count ? (OUTCOME[outcome].tone === "ok" ? "ok" : OUTCOME[outcome].tone) : null, "--heat": count ? `${Math.round(18 + (42 * count) / sum(format))}%` : null, title: count ? `${percent(count / sum(format))} of ${format}` : null }, count ? number(count) : "");
          })),
        ),
      ),
    ),
  );
}

function reasonsTable(reasons) {
  if (!reasons.length) return nothing("Nothing was left out", "Every upload was hashed in full.");
  const most = Math.max(...reasons.map((reason) => reason.count));
  return h(
    "ul",
    { class: "plain reason-list" },
    reasons.map((reason) => h("li", null, h("p", { class: "row" }, h("span", null, worded(OUTCOME, reason.outcome), " ", h("b", null, reason.reason.replace(/^…: /, ""))), h("span", { class: "numeric" }, number(reason.count))), h("span", { class: "meter", "aria-hidden": "true" }, h("span", { "--share": `${(100 * reason.count) / most}%` })), reason.example ? h("button", { type: "button", class: "link-button", onclick: () => caseOfUpload({ id: reason.example }) }, "Show one") : null)),
  );
}

export function mount(root) {
  const place = h("div", null);
  const hours = h("select", { "aria-label": "Time", onchange: () => load() }, WINDOWS.map(([value, text]) => option(value, text)));

  async function load() {
    replace(place, loading("Counting"));
    try {
      const found = await api.get("coverage", { query: { hours: hours.value } });
      const left = Object.entries(found.byOutcome).reduce((sum, [outcome, count]) => sum + (outcome === "HASHED" ? 0 : count), 0);
      replace(
        place,
        h("div", { class: "tiles" }, tile("Coverage", found.ratio === null ? "–" : percentFine(found.ratio), { note: "hashed of received", meter: found.ratio ?? 0 }), tile("Received", number(found.received), { note: plural(found.received, "upload") }), tile("Hashed in full", number(found.hashed)), tile("Not fully scanned", number(left), { tone: left ? "warn" : null, note: "each has its reason below" })),
        h("div", { class: "coverage-columns" }, panel("Over time", {}, h("div", { class: "pad" }, byHour(found.byHour, Number(hours.value)))), panel("Outcomes", {}, h("div", { class: "pad" }, found.received ? outcomesOf(found.byOutcome) : nothing("No upload in this time")))),
        panel("Reasons", { note: "why uploads were not compared, the most frequent first" }, reasonsTable(found.reasons)),
        panel("Formats", {}, Object.keys(found.byFormat).length ? matrix(found.byFormat) : nothing("No file was read in this time")),
      );
    } catch (problem) {
      replace(place, failed(problem, load));
    }
  }

  root.append(heading("Coverage", { note: "“Not scanned” never looks like “clean”", actions: hours }), place);
  load();
  return { title: "Coverage", keys: [{ keys: "r", label: "Read again", run: load }] };
}
