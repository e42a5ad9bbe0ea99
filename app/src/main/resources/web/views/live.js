// Live: uploads and what became of them, as they arrive.

import { eachFrame, h, option, replace, say } from "../lib/dom.js";
import { scale, stackedBars } from "../lib/charts.js";
import { chance, nameOf } from "../lib/casewords.js";
import { duration, minute, number, percentFine, plural } from "../lib/format.js";
import { Grid, gridKeys } from "../lib/grid.js";
import * as live from "../lib/live.js";
import { badge, heading, loading, nothing, panel, tile, when, worded } from "../lib/parts.js";
import { caseOfUpload } from "../lib/uploads.js";
import { OUTCOME } from "../lib/words.js";

const MINUTE = 60_000;
const MINUTES = 60;

function bucketOf(upload) {
  if (upload.match.state === "MATCH") return "alarm";
  if (!upload.outcome) return "accent";
  return upload.outcome === "HASHED" ? "ok" : "warn";
}

/** The last hour in minutes, oldest first. */
function arrivals(uploads) {
  const end = Math.floor(Date.now() / MINUTE) * MINUTE;
  const counts = Array.from({ length: MINUTES }, () => ({ alarm: 0, ok: 0, warn: 0, accent: 0 }));
  for (const upload of uploads) {
    const place = MINUTES - 1 - Math.floor((end + MINUTE - Date.parse(upload.uploadedAt)) / MINUTE);
    if (place >= 0 && place < MINUTES) counts[place][bucketOf(upload)] += 1;
  }
  return counts.map((count, place) => {
    const at = minute(end - (MINUTES - 1 - place) * MINUTE);
    return { title: `${at}: ${count.alarm} matched, ${count.ok} without a match, ${count.warn} not fully scanned, ${count.accent} in progress`, parts: ["ok", "warn", "accent", "alarm"].map((tone) => ({ tone, value: count[tone] })) };
  });
}

function arrivalsChart(uploads) {
  const buckets = arrivals(uploads);
  const total = buckets.reduce((sum, bucket) => sum + bucket.parts.reduce((all, part) => all + part.value, 0), 0);
  return stackedBars(buckets, {
    label: `Uploads of the last hour by minute, ${number(total)} in all`,
    height: 84,
    ticks: ["60 min ago", "30 min", "now"],
    legend: [["alarm", "matched"], ["ok", "no match"], ["warn", "not fully scanned"], ["accent", "in progress"]],
  });
}

function tiles(summary) {
  const { received, pending, scanned, notScanned, matched, byOutcome } = summary.uploads;
  const reasons = Object.entries(byOutcome).filter(([outcome, count]) => outcome !== "HASHED" && count > 0).sort((a, b) => b[1] - a[1]).map(([outcome, count]) => `${number(count)} ${(OUTCOME[outcome]?.label ?? outcome).toLowerCase()}`);
  const { uploadToAlert, uploadToOutcome } = summary;
  return [
    tile("Uploads", number(received), { note: pending ? `${number(pending)} in progress` : received ? "all have an outcome" : "none yet", id: "tile-uploads" }),
    tile("Cases", number(summary.cases), { note: `${plural(matched, "upload")} matched`, tone: summary.cases ? "alarm" : null, id: "tile-cases" }),
    tile("Not fully scanned", number(notScanned), { note: reasons.join(", ") || "nothing left out", tone: notScanned ? "warn" : null }),
    tile("Coverage", summary.coverage === null ? "–" : percentFine(summary.coverage), { note: `${number(scanned)} hashed in full`, meter: summary.coverage ?? 0 }),
    tile("Alert after", uploadToAlert.count ? duration(uploadToAlert.p50Millis) : "–", { note: uploadToAlert.count ? `95 % within ${duration(uploadToAlert.p95Millis)}` : "no alert yet" }),
    tile("Outcome after", uploadToOutcome.count ? duration(uploadToOutcome.p50Millis) : "–", { note: uploadToOutcome.count ? `95 % within ${duration(uploadToOutcome.p95Millis)}` : "no outcome yet" }),
  ];
}

function matchCell({ match }) {
  switch (match.state) {
    case "MATCH":
      return [h("span", { class: "line" }, h("b", { class: "alarm-text" }, nameOf(match.protectedModel)), h("span", { class: "soft" }, `of ${match.protectedModel.owner}`)), h("span", { class: "line scale-line" }, scale(match), h("span", { class: "soft", title: chance(match) }, `${match.distanceBits} of ${match.bits}`))];
    case "NO_MATCH":
      return h("span", { class: "soft" }, "no match");
    case "INCONCLUSIVE":
      return h("span", { class: "caution", title: "no match in the files that were read; others were not compared" }, "Inconclusive");
    case "NOT_SCANNED":
      return h("span", { class: "caution" }, "Not compared");
    default:
      return h("span", { class: "soft" }, "waiting for the scan");
  }
}

function cells(upload) {
  const first = upload.files[0];
  const more = upload.fileCount > 1 ? ` + ${number(upload.fileCount - 1)} more` : "";
  const formats = [...new Set(upload.files.map((file) => file.format).filter(Boolean))].join(", ");
  const outcome = upload.outcome ? worded(OUTCOME, upload.outcome) : badge("In progress", "busy", "half");
  return [
    when(upload.uploadedAt),
    [h("span", { class: "line strong", title: `${upload.hub}/${upload.repo}` }, upload.repo, upload.hub === "local" ? null : h("span", { class: "soft hub" }, upload.hub)), h("span", { class: "line mono soft", title: first?.file ?? "" }, (first ? first.file : "") + more)],
    h("span", { class: "soft" }, formats || "–"),
    [outcome, upload.reason ? h("span", { class: "line soft", title: upload.reason }, upload.reason) : null],
    matchCell(upload),
  ];
}

function fits(upload, wanted, text) {
  const [kind, value] = wanted.split(":");
  if (kind === "match" && upload.match.state !== value) return false;
  if (kind === "outcome" && upload.outcome !== value) return false;
  if (!text) return true;
  const model = upload.match.protectedModel;
  const words = [upload.hub, upload.repo, upload.revision, upload.uploader, upload.reason, model?.name, model?.id];
  return [...words, ...upload.files.map((file) => file.file)].some((word) => word && word.toLowerCase().includes(text));
}

function outcomeFilter(change) {
  const results = [["match:MATCH", "Matches"], ["match:NO_MATCH", "No match"], ["match:INCONCLUSIVE", "Inconclusive"], ["match:NOT_SCANNED", "Not scanned, any reason"], ["match:PENDING", "In progress"]];
  return h(
    "select",
    { id: "outcome", "aria-label": "Show outcome", onchange: change },
    option("", "All outcomes"),
    h("optgroup", { label: "Result" }, results.map(([value, text]) => option(value, text))),
    h("optgroup", { label: "Scan outcome" }, Object.entries(OUTCOME).map(([outcome, { label }]) => option(`outcome:${outcome}`, label))),
  );
}

const teach = () =>
  nothing(
    "Nothing has rolled over the scale yet",
    "Protect a model, upload a copy of it, and watch the alert arrive here.",
    h(
      "ol",
      { class: "teach" },
      [["Protect a model", "./weighbridge protect model.safetensors --id my-model --owner me"], ["Upload one that may be a copy", "./weighbridge upload suspect.pt --repo someone/suspect"], ["Follow the alerts in a terminal", "./weighbridge alerts tail"]].map(([text, command]) => h("li", null, h("span", null, text), h("code", null, command))),
    ),
  );

export function mount(root) {
  const tileRow = h("div", { class: "tiles" });
  const chart = h("div", { class: "arrivals" });
  const count = h("span", { class: "count" });
  const stateOf = h("div", null, loading("Reading the uploads"));
  const draw = eachFrame(() => drawAll());
  const text = h("input", { id: "text", type: "search", placeholder: "Repository, file, model…", "aria-label": "Search uploads", autocomplete: "off", spellcheck: "false", oninput: draw });
  const outcome = outcomeFilter(draw);
  const grid = new Grid({
    label: "Uploads, the newest first",
    class: "uploads-grid",
    columns: [{ name: "when", label: "Time" }, { name: "what", label: "Repository and file" }, { name: "format", label: "Format" }, { name: "outcome", label: "Outcome" }, { name: "match", label: "Nearest protected model" }],
    key: (upload) => upload.id,
    cells,
    rowClass: (upload) => (upload.match.state === "MATCH" ? "is-match" : ""),
    onOpen: caseOfUpload,
  });

  function clear() {
    text.value = "";
    outcome.value = "";
    draw();
    text.focus();
  }

  function drawAll() {
    if (!live.isLoaded) return;
    const all = live.newestUploads();
    const fitting = all.filter((upload) => fits(upload, outcome.value, text.value.trim().toLowerCase()));
    grid.setItems(fitting);
    grid.element.hidden = fitting.length === 0;
    say(count, fitting.length === all.length ? number(all.length) : `${number(fitting.length)} of ${number(all.length)}`);
    if (fitting.length) replace(stateOf);
    else if (all.length) replace(stateOf, nothing("No upload fits these filters", null, h("button", { type: "button", onclick: clear }, "Clear filters")));
    else replace(stateOf, teach());
    replace(chart, arrivalsChart(all));
  }

  const drawTiles = (summary) => summary && replace(tileRow, tiles(summary));
  const stops = [live.on("uploads", draw), live.on("upload", draw), live.on("summary", drawTiles)];
  const ticking = setInterval(draw, 15_000);
  grid.element.hidden = true;
  root.append(
    heading("Live", { note: "Uploads and what became of them, as they arrive" }),
    tileRow,
    panel("Arrivals", { class: "arrivals-panel" }, chart),
    panel(["Uploads ", count], { class: "fill-panel", actions: [text, outcome] }, grid.element, stateOf),
  );
  drawTiles(live.summary);
  draw();
  return {
    title: "Live",
    keys: [...gridKeys(grid), { keys: "/", label: "Search", run: () => text.focus() }],
    close: () => {
      stops.forEach((stop) => stop());
      clearInterval(ticking);
      grid.close();
    },
  };
}
