// Operations: is everything running, does it keep up, and what could not be read.

import { h, replace } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { deadLettersPanel } from "../lib/deadletters.js";
import { bytes, number, plural } from "../lib/format.js";
import { badge, facts, failed, heading, loading, nothing, panel, tile } from "../lib/parts.js";

const EVERY = 5000;
const GOOD = new Set(["RUNNING", "STABLE"]);
const BUSY = new Set(["REBALANCING", "CREATED", "PREPARINGREBALANCE", "COMPLETINGREBALANCE"]);

const NUMBERS = new Set(["Partitions", "Records behind"]);

/** Of a role elsewhere we know its group only. */
const stateOf = (role) => (role.state ?? "NOT RUNNING").toUpperCase();

function roleCard(role) {
  const state = stateOf(role);
  const tone = GOOD.has(state) ? "ok" : BUSY.has(state) ? "warn" : "alarm";
  const stores = Object.values(role.restore);
  const total = stores.reduce((sum, store) => sum + store.toRestore, 0);
  const done = stores.reduce((sum, store) => sum + store.restored, 0);
  return h(
    "li",
    { class: "role-card", "data-tone": tone },
    h("p", { class: "row" }, h("b", null, role.role), badge(state.toLowerCase(), tone, tone === "ok" ? "check" : "half")),
    total > done ? [h("div", { class: "meter" }, h("span", { "--share": `${(100 * done) / total}%` })), h("p", { class: "soft" }, `restoring: ${number(done)} of ${number(total)} records`)] : h("p", { class: "soft" }, role.members ? `restored · ${plural(role.members, "member")}` : "restored"),
  );
}

/** Partitions of a topic together; the worst first. */
function lagRows(lags) {
  const byTopic = new Map();
  for (const one of lags) {
    const key = `${one.group} ${one.topic}`;
    const sum = byTopic.get(key) ?? { group: one.group, topic: one.topic, lag: 0, partitions: 0 };
    sum.lag += Math.max(0, one.lag);
    sum.partitions += 1;
    byTopic.set(key, sum);
  }
  return [...byTopic.values()].sort((a, b) => b.lag - a.lag || (a.topic < b.topic ? -1 : 1));
}

function lagTable(lags) {
  const rows = lagRows(lags);
  if (!rows.length) return nothing("No consumer group is known yet");
  const most = Math.max(1, ...rows.map((row) => row.lag));
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Lag by topic" },
    h(
      "table",
      { class: "plain-table" },
      h("thead", null, h("tr", null, ["Group", "Topic", "Partitions", "Records behind", ""].map((name) => h("th", { scope: "col", class: NUMBERS.has(name) ? "numeric" : null }, name || h("span", { class: "sr" }, "As a bar"))))),
      h("tbody", null, rows.map((row) => h("tr", null, h("td", null, row.group), h("td", { class: "mono" }, row.topic), h("td", { class: "numeric" }, number(row.partitions)), h("td", { class: "numeric" }, number(row.lag)), h("td", { class: "wide" }, h("div", { class: "meter", "aria-hidden": "true" }, h("span", { "--share": `${(100 * row.lag) / most}%` })))))),
    ),
  );
}

function indexPanel(index) {
  const entries = index.codes.reduce((sum, kind) => sum + kind.entries, 0);
  const cells = index.partitionStates.map((one) => h("span", { class: "partition", "data-tone": one.state === "ACTIVE" ? "ok" : "warn", title: `partition ${one.partition}: ${one.state.toLowerCase()}, ${number(one.entries)} entries, ${bytes(one.bytes)}, ${one.instance}` }));
  return panel(
    "Index",
    { note: index.indexComplete ? `${number(entries)} entries, ${bytes(index.bytes)}` : "incomplete" },
    h(
      "div",
      { class: "pad" },
      index.indexComplete ? null : h("p", { class: "held-note" }, `${number(index.missingPartitions.length)} of ${number(index.partitions)} parts do not answer: nothing can be said of uploads that match nothing.`),
      h("div", { class: "partitions", role: "img", "aria-label": `${plural(index.partitionStates.length, "partition")}, ${index.missingPartitions.length} missing` }, cells),
      index.quarantined.length ? h("p", { class: "caution" }, `In quarantine, matching too many uploads: ${index.quarantined.map((model) => `${model.id} (${number(model.heldAlerts)} held)`).join(", ")}`) : null,
    ),
  );
}

function feedPanel(feed, stack) {
  return panel("This page", {}, h("div", { class: "pad" }, facts([["Up to date", feed.caughtUp ? "yes" : "still reading"], ["Problem", feed.problem], ["Undecodable records", number(feed.undecodable ?? 0)], ["Version", stack?.version], ["Broker", stack?.bootstrapServers], ["Schema registry", stack?.schemaRegistryUrl]])));
}

export function mount(root) {
  const place = h("div", null, loading("Asking all parts"));
  const index = h("div", null);
  const head = h("div", null);
  const lag = h("div", null);
  const feed = h("div", null);
  const letters = deadLettersPanel();
  let stack = null;
  let timer = 0;

  async function load() {
    clearTimeout(timer);
    try {
      const [found] = await Promise.all([api.get("operations"), (stack ??= await api.get("stack").catch(() => null))]);
      const behind = found.lag.reduce((sum, one) => sum + Math.max(0, one.lag), 0);
      replace(head, h("div", { class: "tiles" }, tile("Roles running", `${found.roles.filter((role) => GOOD.has(stateOf(role))).length} of ${found.roles.length}`, { tone: found.roles.every((role) => GOOD.has(stateOf(role))) ? null : "warn" }), tile("Records behind", number(behind), { note: "over all groups" }), tile("Dead letters", number(found.deadLetters), { tone: found.deadLetters ? "alarm" : null, note: found.deadLetters ? "could not be read" : "none" })), panel("Roles", {}, h("ul", { class: "role-cards" }, found.roles.map(roleCard))));
      replace(lag, panel("Lag", {}, lagTable(found.lag)));
      replace(feed, feedPanel(found.feed, stack));
      replace(place);
      letters.note(found.deadLetters);
    } catch (problem) {
      replace(place, failed(problem, load));
    }
    api.get("index").then((status) => replace(index, indexPanel(status)), (problem) => replace(index, panel("Index", {}, failed(problem))));
    timer = setTimeout(() => (document.hidden ? (timer = setTimeout(load, EVERY)) : load()), EVERY);
  }

  root.append(heading("Operations", { note: "Is everything running, and does it keep up?" }), place, head, h("div", { class: "coverage-columns" }, index, feed), letters.element, lag);
  load();
  return { title: "Operations", keys: [{ keys: "r", label: "Read again", run: load }], close: () => clearTimeout(timer) };
}
