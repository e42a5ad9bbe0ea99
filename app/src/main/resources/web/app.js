// The live page. Everything shown comes from uploads, which are hostile: text goes in as text nodes only, never as markup.

const API = "api/v1/";
const KEPT_ROWS = 2000;
const PAGE_ROWS = 100;
const LIST_ROWS = 100;
const OUTCOMES = {
  HASHED: ["Hashed", "ok"],
  PARTIAL: ["Partly hashed", "warn"],
  DEGENERATE: ["Degenerate weights", "warn"],
  NO_WEIGHTS: ["No weights", "warn"],
  UNSUPPORTED: ["Unsupported", "warn"],
  MALFORMED: ["Malformed", "warn"],
  TOO_LARGE: ["Too large", "warn"],
  TIMED_OUT: ["Timed out", "warn"],
  UNREACHABLE: ["Unreachable", "warn"],
  FORBIDDEN: ["Forbidden", "warn"],
  DIGEST_MISMATCH: ["Digest mismatch", "alarm"],
  FAILED: ["Failed, our fault", "alarm"],
  PART: ["Read with another file", "ok"],
};
const STATUS = {
  ACTIVE: ["Active", "ok"],
  PENDING: ["Hashing", "busy"],
  NOT_PROTECTED: ["Not protected", "alarm"],
};

const $ = (id) => document.getElementById(id);
const uploads = new Map();
const cases = new Map();
const models = new Map();
const fresh = new Set();
const drawn = new Map();
const INDEX_EVERY = 5000;
const quarantined = new Map();
let shown = PAGE_ROWS;
let isLoaded = false;
let isDrawing = false;

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function badge(text, tone) {
  const made = element("span", "badge", text);
  made.dataset.tone = tone;
  return made;
}

function when(iso) {
  const time = new Date(iso);
  const made = element("time", "");
  made.dateTime = iso;
  made.title = time.toLocaleString();
  const clock = time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
  const isToday = time.toDateString() === new Date().toDateString();
  made.textContent = isToday ? clock : `${time.toLocaleDateString([], { day: "numeric", month: "short" })}, ${clock.slice(0, 5)}`;
  return made;
}

const number = (value) => Number(value).toLocaleString("en");
const plural = (count, noun) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

function duration(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60000) return `${(millis / 1000).toFixed(1)} s`;
  if (millis < 5400000) return `${(millis / 60000).toFixed(1)} min`;
  return millis < 172800000 ? `${(millis / 3600000).toFixed(1)} h` : `${Math.round(millis / 86400000)} days`;
}

/** "1 in 4.2e14" as "1 in 4.2 × 10¹⁴". */
function odds(text) {
  return String(text).replace(/e(\d+)$/, (_, digits) => ` × 10${[...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}`);
}

function scale(alert) {
  const bar = element("div", "scale", element("span"));
  bar.style.setProperty("--distance", `${(100 * alert.distanceBits) / alert.bits}%`);
  bar.style.setProperty("--threshold", `${(100 * alert.thresholdBits) / alert.bits}%`);
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", `distance ${alert.distanceBits}, threshold ${alert.thresholdBits}, of ${alert.bits} bits`);
  return bar;
}

/** Rounded down: 100 % is said only of all. */
const percent = (share) => `${Math.floor(100 * share)} %`;

function layersText(found) {
  const { matchedLayers, uploadLayers, protectedLayers, uploadShare, protectedShare } = found;
  const ofUpload = `${matchedLayers} of ${uploadLayers} layers match (${percent(uploadShare)} of the weights)`;
  const isSame = uploadLayers === protectedLayers && percent(uploadShare) === percent(protectedShare);
  return isSame ? ofUpload : `${ofUpload}, of the protected model ${matchedLayers} of ${protectedLayers} (${percent(protectedShare)})`;
}

function nearness(layer) {
  if (layer.isMatch) return layer.distanceBits <= 0.1 * layer.bits ? "same" : "near";
  return layer.protectedLayer !== null && layer.falseMatchRate <= 0.02 ? "uncertain" : "none";
}

/** One cell for each layer of the upload, darker where it is nearer to a layer of the protected model. */
function strip(found) {
  const cells = found.layerMatches.map((layer) => {
    const cell = element("span");
    cell.dataset.near = nearness(layer);
    const partner = layer.protectedLayer === null ? "no layer to compare with" : `${layer.protectedLayer}: ${layer.distanceBits} of ${layer.bits} bits differ`;
    cell.title = `${layer.uploadLayer} – ${partner}${layer.isMatch ? "" : ", no match"}`;
    return cell;
  });
  const made = element("div", "strip", ...cells);
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", `layers of the upload: ${layersText(found)}`);
  return made;
}

function layerEvidence(alert) {
  const found = alert.layerEvidence;
  if (!found) return [];
  return [found.layerMatches ? strip(found) : null, element("div", "fine", layersText(found))];
}

function evidence(alert) {
  return [
    scale(alert),
    element("div", "fine", `${alert.distanceBits} of ${alert.bits} bits differ · alert at ${alert.thresholdBits} · ${alert.algorithm}@${alert.version}`),
    element("div", "fine", `by chance: ${odds(alert.oddsOfChance)}`),
    alert.nearestBaseline ? element("div", "fine", `${number(alert.nearestBaseline.marginBits)} bits nearer than to the public ${alert.nearestBaseline.name || alert.nearestBaseline.id}`) : null,
    ...layerEvidence(alert),
  ];
}

function matchCell(upload) {
  const match = upload.match;
  switch (match.state) {
    case "MATCH": {
      const model = match.protectedModel;
      const others = match.alerts > 1 ? ` · ${plural(match.alerts, "match")}`.replace("matchs", "matches") : "";
      return [element("div", "model", model.name || model.id), element("div", "fine", `of ${model.owner}${others}`), ...evidence(match)];
    }
    case "NO_MATCH":
      return [element("span", "quiet", "no match")];
    case "INCONCLUSIVE":
      return [element("span", "caution", "Inconclusive"), element("div", "fine", "no match in the files that were read; others were not compared")];
    case "NOT_SCANNED":
      return [element("span", "caution", "Not compared")];
    default:
      return [element("span", "quiet", "waiting for the scan")];
  }
}

function outcomeCell(upload) {
  if (!upload.outcome) return [badge("In progress", "busy")];
  const [label, tone] = OUTCOMES[upload.outcome] ?? [upload.outcome, "warn"];
  return [badge(label, tone), upload.reason ? element("div", "reason", upload.reason) : null];
}

function cell(className, ...children) {
  const made = element("td", className, ...children);
  made.setAttribute("role", "cell");
  return made;
}

function uploadRow(upload) {
  const link = element("a", "repo", `${upload.hub}/${upload.repo}`);
  link.href = `${API}uploads/${encodeURIComponent(upload.id)}`;
  const first = upload.files[0];
  const more = upload.fileCount > 1 ? ` + ${number(upload.fileCount - 1)} more` : "";
  const formats = [...new Set(upload.files.map((file) => file.format).filter(Boolean))];
  const row = element(
    "tr",
    "",
    cell("when", when(upload.uploadedAt)),
    cell("what", link, element("div", "file", (first ? first.file : "") + more)),
    cell("format", formats.join(", ") || element("span", "quiet", "–")),
    cell("outcome", ...outcomeCell(upload)),
    cell("match", ...matchCell(upload)),
  );
  row.setAttribute("role", "row");
  row.dataset.match = upload.match.state;
  return row;
}

function caseItem(found) {
  const best = found.best;
  const link = element("a", "name", `${found.latest.upload.hub}/${found.latest.upload.repo}`);
  link.href = `${API}alerts/${encodeURIComponent(found.alertId)}`;
  return element(
    "li",
    "",
    element("div", "row", link, when(found.lastSeenAt)),
    element("div", "", "is near ", element("span", "model", best.protectedModel.name || best.protectedModel.id)),
    ...evidence(best),
    found.revisionCount > 1 ? element("div", "fine", plural(found.revisionCount, "revision")) : null,
  );
}

function modelItem({ model, held }) {
  const [label, tone] = model.isBaseline && model.status === "ACTIVE" ? ["Public baseline", "calm"] : (STATUS[model.status] ?? [model.status, "warn"]);
  const facts = [`${model.id} · ${model.owner}`, model.format, model.cases ? plural(model.cases, "case") : null];
  return element(
    "li",
    "",
    element("div", "row", element("span", "name", model.name || model.id), held === undefined ? badge(label, tone) : badge("In quarantine", "alarm")),
    held === undefined ? null : element("div", "caution", `matches too many uploads: ${plural(held, "alert")} held back`),
    element("div", "fine", facts.filter(Boolean).join(" · ")),
    model.status === "NOT_PROTECTED" ? element("div", "reason", model.reason || model.outcome) : null,
  );
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

/** Puts the rows in this order, making only those anew whose content changed. */
function reconcile(body, items, key, make) {
  const kept = new Set();
  let place = body.firstElementChild;
  for (const item of items) {
    const id = `${body.id} ${item[key]}`;
    kept.add(id);
    let node = drawn.get(id);
    if (!node || node.source !== item) {
      const made = make(item);
      if (fresh.delete(id)) made.classList.add("enter");
      if (node?.element === place) place = place.nextElementSibling;
      const hadFocus = node?.element.contains(document.activeElement);
      node?.element.remove();
      node = { element: made, source: item };
      drawn.set(id, node);
      body.insertBefore(made, place);
      if (hadFocus) made.querySelector("a")?.focus();
    } else if (node.element === place) {
      place = place.nextElementSibling;
    } else {
      body.insertBefore(node.element, place);
    }
  }
  for (const [id, node] of drawn) {
    if (node.element.parentNode === body && !kept.has(id)) {
      node.element.remove();
      drawn.delete(id);
    }
  }
}

const newest = (field, key) => (a, b) => (a[field] < b[field] ? 1 : a[field] > b[field] ? -1 : a[key] < b[key] ? 1 : -1);

function draw() {
  isDrawing = false;
  if (!isLoaded) return;
  const text = $("text").value.trim().toLowerCase();
  const found = [...uploads.values()].sort(newest("uploadedAt", "id"));
  found.splice(KEPT_ROWS).forEach((upload) => uploads.delete(upload.id));
  const fitting = found.filter((upload) => fits(upload, $("outcome").value, text));
  reconcile($("rows"), fitting.slice(0, shown), "id", uploadRow);
  $("uploads-count").textContent = fitting.length === found.length ? number(found.length) : `${number(fitting.length)} of ${number(found.length)}`;
  $("more").hidden = fitting.length <= shown;
  $("teach").hidden = found.length > 0;
  $("table").hidden = fitting.length === 0;
  $("no-rows").hidden = found.length === 0 || fitting.length > 0;
  drawList("cases", cases, newest("lastSeenAt", "alertId"), "alertId", caseItem);
  drawList("protected", shownModels(), newest("protectedAt", "id"), "id", modelItem);
}

const items = new Map();

/** Models with what the index says of them, the same object as long as both are the same. */
function shownModels() {
  for (const id of items.keys()) if (!models.has(id)) items.delete(id);
  for (const [id, model] of models) {
    const held = quarantined.get(id);
    const item = items.get(id);
    if (item?.model !== model || item.held !== held) items.set(id, { id, protectedAt: model.protectedAt, model, held });
  }
  return items;
}

function drawList(name, items, order, key, make) {
  const sorted = [...items.values()].sort(order);
  reconcile($(name), sorted.slice(0, LIST_ROWS), key, make);
  $(`${name}-count`).textContent = number(sorted.length);
  $(`no-${name}`).hidden = sorted.length > 0;
}

function redraw() {
  if (isDrawing) return;
  isDrawing = true;
  // Browsers hold back animation frames of hidden pages.
  if (document.hidden) setTimeout(draw, 200);
  else requestAnimationFrame(draw);
}

function summarise(summary) {
  const { received, pending, scanned, notScanned, matched, byOutcome } = summary.uploads;
  $("n-received").textContent = number(received);
  $("note-received").textContent = pending ? `${number(pending)} in progress` : received ? "all have an outcome" : "none yet";
  $("n-hashed").textContent = number(scanned);
  $("n-unscanned").textContent = number(notScanned);
  const reasons = Object.entries(byOutcome)
    .filter(([outcome, count]) => outcome !== "HASHED" && count > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([outcome, count]) => `${number(count)} ${(OUTCOMES[outcome]?.[0] ?? outcome).toLowerCase()}`);
  $("note-unscanned").textContent = reasons.join(", ") || "nothing left out";
  $("note-unscanned").title = reasons.join("\n");
  $("tile-unscanned").dataset.on = notScanned ? "yes" : "no";
  $("n-cases").textContent = number(summary.cases);
  $("note-cases").textContent = `${plural(matched, "upload")} matched`;
  $("tile-cases").dataset.on = summary.cases ? "yes" : "no";
  // Rounded down: 100 % is said only of all.
  $("n-coverage").textContent = summary.coverage === null ? "–" : `${Math.floor(summary.coverage * 1000) / 10} %`;
  $("coverage-fill").style.setProperty("--share", `${100 * (summary.coverage ?? 0)}%`);
  const times = summary.uploadToAlert;
  $("n-latency").textContent = times.count ? duration(times.p50Millis) : "–";
  $("note-latency").textContent = times.count ? `median · 95 % within ${duration(times.p95Millis)}` : "no alert yet";
  $("note-latency").title = $("note-latency").textContent;
  $("problem").hidden = !summary.problem;
  $("problem").textContent = summary.problem ? `Not up to date: ${summary.problem}` : "";
  document.title = summary.cases ? `(${number(summary.cases)}) Live · Weighbridge` : "Live · Weighbridge";
}

function memory(bytes) {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** How the index fares. While a part of it is missing, nothing can be said of uploads that match nothing. */
function showIndex(index) {
  const { indexComplete, partitions, missingPartitions } = index;
  const entries = index.codes.reduce((sum, kind) => sum + kind.entries, 0);
  $("n-index").textContent = indexComplete ? number(entries) : "Incomplete";
  $("note-index").textContent = indexComplete
    ? `entries, ${memory(index.bytes)} · complete`
    : `${number(missingPartitions.length)} of ${number(partitions)} parts do not answer`;
  $("note-index").title = indexComplete ? `newest applied ${index.newestAppliedAt ?? "–"}` : `partitions ${missingPartitions.join(", ")}`;
  $("tile-index").dataset.on = indexComplete ? "no" : "yes";
  quarantined.clear();
  for (const model of index.quarantined) quarantined.set(model.id, (quarantined.get(model.id) ?? 0) + model.heldAlerts);
  redraw();
}

async function watchIndex() {
  try {
    if (!document.hidden) showIndex(await get("index"));
  } catch {
    $("n-index").textContent = "Unknown";
    $("note-index").textContent = "no matcher answers";
    $("tile-index").dataset.on = "yes";
  }
  setTimeout(watchIndex, INDEX_EVERY);
}

async function get(path) {
  const response = await fetch(API + path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

async function pages(name, limit) {
  const rows = [];
  let cursor = "";
  do {
    const page = await get(`${name}?limit=500${cursor}`);
    rows.push(...page[name]);
    cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : "";
  } while (cursor && rows.length < limit);
  return rows;
}

function fill(map, rows, key) {
  map.clear();
  rows.forEach((row) => map.set(row[key], row));
}

let loading = null;
let isLoadWanted = false;

/** Reads all lists. Events that arrive meanwhile are of rows that the lists may lack, so the lists are read again after them. */
function load() {
  isLoadWanted = true;
  loading ??= (async () => {
    try {
      while (isLoadWanted) {
        isLoadWanted = false;
        const [rows, found, list, summary] = await Promise.all([
          pages("uploads", KEPT_ROWS), pages("alerts", KEPT_ROWS), get("protected"), get("summary"),
        ]);
        fill(uploads, rows, "id");
        fill(cases, found, "alertId");
        fill(models, list.protected, "id");
        summarise(summary);
        isLoaded = true;
        redraw();
      }
    } catch {
      isLoadWanted = false;
      setTimeout(load, 3000);
    } finally {
      loading = null;
    }
  })();
}

function announce(upload) {
  $("announce").textContent = `Match: ${upload.repo} is near ${upload.match.protectedModel.name}`;
}

function take(map, key, list, row) {
  if (loading) isLoadWanted = true;
  const isNew = isLoaded && !map.has(row[key]);
  if (isNew) fresh.add(`${list} ${row[key]}`);
  map.set(row[key], row);
  redraw();
  return isNew;
}

function onUpload(event) {
  const upload = JSON.parse(event.data);
  const before = uploads.get(upload.id);
  take(uploads, "id", "rows", upload);
  if (upload.match.state === "MATCH" && before?.match.state !== "MATCH") announce(upload);
}

function connection(state, text) {
  $("connection").dataset.state = state;
  if ($("connection-text").textContent !== text) $("connection-text").textContent = text;
}

function listen() {
  const events = new EventSource(`${API}events`);
  events.onopen = () => connection("live", "Live");
  events.onerror = () => {
    connection("lost", "Reconnecting");
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
  events.addEventListener("hello", load);
  events.addEventListener("reset", load);
  for (const type of ["upload", "outcome", "match"]) events.addEventListener(type, onUpload);
  events.addEventListener("alert", (event) => take(cases, "alertId", "cases", JSON.parse(event.data)));
  events.addEventListener("protected", (event) => {
    const model = JSON.parse(event.data);
    if (model.status !== "WITHDRAWN") return void take(models, "id", "protected", model);
    models.delete(model.id);
    redraw();
  });
  events.addEventListener("summary", (event) => summarise(JSON.parse(event.data)));
}

function filter() {
  shown = PAGE_ROWS;
  redraw();
}

for (const [outcome, [label]] of Object.entries(OUTCOMES)) {
  const option = element("option", "", label);
  option.value = `outcome:${outcome}`;
  $("outcome-options").append(option);
}
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("text").addEventListener("input", filter);
$("outcome").addEventListener("change", filter);
$("clear").addEventListener("click", () => {
  $("filters").reset();
  filter();
  $("text").focus();
});
$("more").addEventListener("click", () => {
  shown += PAGE_ROWS;
  redraw();
});
load();
listen();
watchIndex();
