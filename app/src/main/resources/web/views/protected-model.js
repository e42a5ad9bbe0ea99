// One protected model: its matches over time, its mode, and what it would have alerted of.

import { h, replace } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { nameOf, repoOf } from "../lib/casewords.js";
import { stackedBars } from "../lib/charts.js";
import { day, number, plural, short } from "../lib/format.js";
import * as live from "../lib/live.js";
import { ago, badge, facts, failed, loading, modeBadge, nothing, panel, severityBadge, stateBadge, tile, when, worded } from "../lib/parts.js";
import { changePolicy, withdraw } from "../lib/protect.js";
import * as router from "../lib/router.js";
import { MODE, PROTECTION, STATE, STATES } from "../lib/words.js";

const SPANS = { hour: { count: 48, millis: 3_600_000, ticks: ["48 h ago", "24 h", "now"] }, day: { count: 30, millis: 86_400_000, ticks: ["30 days ago", "15 days", "today"] } };

/** The buckets of a span, with empty ones between those that the API tells. */
function filled(buckets, bucket) {
  const { count, millis } = SPANS[bucket];
  const now = Math.floor(Date.now() / millis);
  const known = new Map(buckets.map((one) => [Math.floor(Date.parse(one.at) / millis), one]));
  return Array.from({ length: count }, (_, place) => {
    const at = now - (count - 1 - place);
    const one = known.get(at) ?? { alerts: 0, held: 0, suppressed: 0 };
    return { title: `${day(at * millis)}: ${plural(one.alerts, "alert")}, ${one.held} held, ${one.suppressed} suppressed`, parts: [{ tone: "calm", value: one.suppressed }, { tone: "warn", value: one.held }, { tone: "alarm", value: one.alerts }] };
  });
}

function matchesPanel(id) {
  const place = h("div", { class: "pad" }, loading());
  const buttons = Object.keys(SPANS).map((bucket) => h("button", { type: "button", class: "tab", "aria-pressed": String(bucket === "day"), onclick: () => show(bucket) }, bucket === "hour" ? "By hour" : "By day"));
  async function show(bucket) {
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(Object.keys(SPANS)[place] === bucket)));
    try {
      const { buckets, total } = await api.get(`${api.idPath("protected", id)}/matches`, { query: { bucket } });
      replace(place, stackedBars(filled(buckets, bucket), { label: `Matches over time, ${number(total ?? 0)} in all`, height: 130, ticks: SPANS[bucket].ticks, legend: [["alarm", "alerts"], ["warn", "held"], ["calm", "suppressed"]] }));
    } catch (problem) {
      replace(place, failed(problem, () => show(bucket)));
    }
  }
  show("day");
  return panel("Matches over time", { actions: buttons }, place);
}

function caseItem(row) {
  return h("li", null, h("a", { class: "case-link", href: router.to("case", row.alertId) }, severityBadge(row.severity), h("span", { class: "line strong" }, repoOf(row)), h("span", { class: "soft" }, `${row.distanceBits} of ${row.bits} bits`), stateBadge(row.state), ago(row.lastSeenAt)));
}

function distancesOf(distances, bits) {
  if (!distances.length) return null;
  const most = Math.max(...distances, 1);
  const bins = 24;
  const counts = new Array(bins).fill(0);
  distances.forEach((distance) => (counts[Math.min(bins - 1, Math.floor((distance / (most + 1)) * bins))] += 1));
  return stackedBars(counts.map((value, place) => ({ title: `${Math.round((place * (most + 1)) / bins)} to ${Math.round(((place + 1) * (most + 1)) / bins)} bits: ${value}`, parts: [{ tone: "accent", value }] })), { label: `Distances of what it matches, from ${Math.min(...distances)} to ${most} bits`, height: 70, ticks: ["0 bits", bits ? `of ${number(bits)}` : "", `${number(most)} bits`] });
}

function previewPanel(model) {
  const place = h("div", { class: "pad" }, loading("Looking at what it matches"));
  async function show() {
    try {
      const preview = await api.get(`${api.idPath("protected", model.id)}/preview`);
      if (preview.mode === "LIVE") return void replace(place, h("p", null, "It is live: what it matches are alerts already. In shadow mode this shows what would become alerts."));
      const owners = preview.owners.slice(0, 8);
      const most = Math.max(1, ...owners.map((one) => one.cases));
      replace(
        place,
        h("p", { class: "lead" }, "If it went live: ", h("b", null, plural(preview.wouldAlert, "alert")), ` of ${plural(preview.uploads, "upload")}.`),
        distancesOf(preview.distances, preview.cases[0]?.bits),
        owners.length ? [h("h3", null, "Whose uploads"), h("ul", { class: "bars" }, owners.map((one) => h("li", null, h("span", { class: "line" }, one.owner), h("span", { class: "meter", "aria-hidden": "true" }, h("span", { "--share": `${(100 * one.cases) / most}%` })), h("span", { class: "numeric" }, number(one.cases)))))] : null,
        preview.cases.length ? [h("h3", null, "Cases"), h("ul", { class: "plain case-links" }, preview.cases.slice(0, 20).map(caseItem))] : nothing("Nothing has been held back so far", "What it matches while it is not live is shown here."),
      );
    } catch (problem) {
      replace(place, failed(problem, show));
    }
  }
  show();
  return panel("Preview", { id: "preview", note: "what it would alert of" }, place);
}

function policyPanel(model, change) {
  const { policy, mode } = model;
  return panel(
    "Mode",
    { id: "mode", actions: api.may("curator") ? h("button", { type: "button", onclick: change }, "Change ", h("kbd", null, "m")) : null },
    h(
      "div",
      { class: "pad" },
      h("p", { class: "lead" }, modeBadge(mode), " ", MODE[mode]?.means),
      facts([
        ["Disabled until", policy?.disabledUntil ? when(policy.disabledUntil) : null],
        ["May have copies", policy?.authorisedOwners?.join(", ")],
        ["Free under", policy?.authorisedLicenses?.join(", ")],
        ["Changed by", policy?.changedBy],
        ["Changed", policy?.changedAt ? when(policy.changedAt) : null],
        ["Reason", policy?.reason],
      ]),
    ),
  );
}

function casesOf(model) {
  const parts = STATES.map((state) => ({ tone: STATE[state].tone, value: model.counts.byState[state] ?? 0, label: STATE[state].label }));
  return parts.filter((part) => part.value).map((part) => `${part.label} ${number(part.value)}`).join(", ");
}

function headOf(model) {
  return h(
    "header",
    { class: "case-head" },
    h("p", { class: "crumbs" }, h("a", { href: "#/protected" }, "Protected"), " / ", h("span", { class: "mono" }, model.id)),
    h("h1", null, nameOf(model)),
    h("p", { class: "case-badges" }, model.isBaseline ? badge("Public baseline", "calm", "info") : worded(PROTECTION, model.status), modeBadge(model.mode), h("span", { class: "soft" }, `of ${model.owner}, protected `, ago(model.protectedAt), " ago")),
  );
}

export function mount(root, { id, setTitle, setKeys }) {
  const place = h("div", null, loading("Reading the model"));
  let model = null;
  let etag = null;

  const change = () => changePolicy(model, etag).then((changed) => changed && load());
  const leave = () => withdraw(model).then((done) => done && router.go("#/protected"));
  const ways = [{ keys: "Escape", label: "Back to the list", run: () => router.go("#/protected") }];

  async function load() {
    try {
      ({ body: model, etag } = await api.getTagged(api.idPath("protected", id)));
    } catch (problem) {
      replace(place, failed(problem.status === 404 ? { title: "No such protected model", message: "It may have been withdrawn." } : problem, load));
      return;
    }
    setTitle(nameOf(model));
    setKeys(api.may("curator") ? [{ keys: "m", label: "Change the mode", run: change }, ...ways] : ways);
    const isCurator = api.may("curator");
    replace(
      place,
      headOf(model),
      h("div", { class: "tiles" }, tile("Cases", number(model.cases), { note: casesOf(model) || "none" }), tile("Parameters", short(model.parameters), { note: model.format ?? "not read yet" }), tile("Quality", model.quality === null || model.quality === undefined ? "–" : model.quality.toFixed(2), { note: "0: like fresh weights, 1: well trained" })),
      model.reason ? h("p", { class: "held-note" }, model.reason) : null,
      h("div", { class: "case-columns" }, h("div", { class: "case-main" }, matchesPanel(id), previewPanel(model)), h("aside", { class: "case-side", "aria-label": "Mode and facts" }, policyPanel(model, change), panel("Model", {}, h("div", { class: "pad" }, facts([["Id", model.id], ["Owner", model.owner], ["File", h("span", { class: "mono" }, model.file)], ["Protected", when(model.protectedAt)], ["Outcome", model.outcome]]), h("a", { class: "button", href: router.to("queue", null, { protected: id, state: "ANY", held: "any" }) }, "All its cases"), isCurator ? h("button", { type: "button", class: "danger", onclick: leave }, "Withdraw") : null)))),
    );
  }

  const stops = [live.on("policy", (changed) => changed.id === id && load())];
  root.append(place);
  load();
  return { title: "Protected model", keys: ways, close: () => stops.forEach((stop) => stop()) };
}
