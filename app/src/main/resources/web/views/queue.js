// Queue: cases by severity and age, filtered, decided one by one or many at once.

import { debounce, h, replace, replaceButtons, say, throttle } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { nameOf, repoOf } from "../lib/casewords.js";
import { decideMany } from "../lib/decide.js";
import { FILTERS, mayFit, queryOf, select, severityButtons, tabs } from "../lib/filters.js";
import { number, odds, plural } from "../lib/format.js";
import { scale } from "../lib/charts.js";
import { Grid, gridKeys } from "../lib/grid.js";
import { groupsPanel } from "../lib/groups.js";
import * as live from "../lib/live.js";
import { ago, failed, heading, heldBadge, loading, nothing, panel, severityBadge, stateBadge } from "../lib/parts.js";
import * as router from "../lib/router.js";
import { DECISIONS } from "../lib/triage.js";
import { VERDICT } from "../lib/words.js";

const PAGE = 1000;
const KEPT = 20_000;

const COLUMNS = [
  { name: "severity", label: "Severity" },
  { name: "what", label: "Upload" },
  { name: "model", label: "Is near" },
  { name: "distance", label: "Distance" },
  { name: "state", label: "State" },
  { name: "age", label: "Seen" },
];

function cells(row) {
  const layers = row.matchedLayers === null || row.matchedLayers === undefined ? null : `${row.matchedLayers}/${row.uploadLayers} layers`;
  return [
    severityBadge(row.severity),
    [h("a", { class: "line strong", href: router.to("case", row.alertId), tabindex: -1, title: repoOf(row) }, row.repo), h("span", { class: "line soft" }, [row.hub, row.uploader && row.uploader !== row.owner ? `pushed by ${row.uploader}` : null, row.license, row.occurrences > 1 ? `${number(row.occurrences)} times` : null].filter(Boolean).join(" · "))],
    [h("span", { class: "line strong" }, nameOf(row.protectedModel)), h("span", { class: "line soft" }, `of ${row.protectedModel.owner}`)],
    [h("span", { class: "line scale-line" }, scale(row), h("span", null, `${row.distanceBits} of ${row.bits}`)), h("span", { class: "line soft" }, [layers, odds(row.oddsOfChance)].filter(Boolean).join(" · "))],
    [h("span", { class: "line" }, stateBadge(row.state), heldBadge(row.held)), row.verdict ? h("span", { class: "line soft" }, VERDICT[row.verdict] ?? row.verdict) : null],
    ago(row.lastSeenAt),
  ];
}

export function mount(root, { query }) {
  let filters = Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]]));
  let rows = [];
  let counts = null;
  let asked = null;
  let newOnes = new Set();
  const arrived = new Map();

  const tabRow = h("div", { class: "tabs", role: "group", "aria-label": "State" });
  const severityRow = h("div", { class: "chips", role: "group", "aria-label": "Severity" });
  const bulk = h("div", { class: "bulk", role: "region", "aria-label": "Selected cases", hidden: true });
  const stateOf = h("div", null);
  const count = h("span", { class: "count" });
  const fresh = h("button", { type: "button", class: "fresh", hidden: true, onclick: () => load() });
  const side = h("div", { class: "groups-side", hidden: true });
  const search = h("input", { id: "search", type: "search", value: filters.text ?? "", placeholder: "Repository, model, owner…", "aria-label": "Search cases", autocomplete: "off", spellcheck: "false", oninput: debounce(() => change({ text: search.value.trim() || null }), 250) });
  const chosen = h("div", { class: "chosen" });
  const grid = new Grid({ label: "Cases", class: "cases-grid", isSelectable: true, columns: COLUMNS, key: (row) => row.alertId, name: repoOf, cells, onOpen: (row) => router.go(router.to("case", row.alertId)), onSelect: drawBulk, rowClass: (row) => `severity-${row.severity}` });

  function change(some) {
    filters = Object.fromEntries(Object.entries({ ...filters, ...some }).filter(([, value]) => value !== null));
    router.note(router.to("queue", null, filters));
    drawFilters();
    load();
  }

  function drawFilters() {
    replaceButtons(tabRow, tabs(filters, counts, change));
    replaceButtons(severityRow, severityButtons(filters, counts, change));
    const narrowed = ["protected", "owner", "uploader", "verdict"].filter((name) => filters[name]);
    replace(chosen, narrowed.map((name) => h("button", { type: "button", class: "chip", onclick: () => change({ [name]: null }), "aria-label": `Remove filter ${name} ${filters[name]}` }, `${name}: ${filters[name]} ×`)));
  }

  function drawBulk(selected) {
    bulk.hidden = selected === 0;
    if (!selected) return replace(bulk);
    const buttons = DECISIONS.map((decision) => h("button", { type: "button", "data-tone": decision.tone, onclick: () => decideSelected(decision) }, decision.label, " ", h("kbd", null, decision.key)));
    return replace(bulk, h("b", null, `${number(selected)} selected`), h("div", { class: "bulk-buttons" }, buttons), h("button", { type: "button", class: "quiet-button", onclick: () => grid.selectAll(false) }, "Select none"));
  }

  async function decideSelected(decision) {
    const picked = grid.selectedItems();
    const wanted = picked.length ? picked : [grid.activeItem()].filter(Boolean);
    if (wanted.length && (await decideMany(wanted, decision))) {
      grid.selectAll(false);
      load();
    }
  }

  function drawRows(total) {
    grid.setItems(rows);
    grid.element.hidden = rows.length === 0;
    say(count, rows.length < total ? `${number(rows.length)} of ${number(total)}` : number(total));
    if (rows.length) return replace(stateOf);
    const isFiltered = Object.keys(filters).some((name) => name !== "sort" && name !== "by");
    const all = h("button", { type: "button", onclick: () => change(Object.fromEntries(FILTERS.map((name) => [name, null]))) }, "Clear filters");
    return replace(stateOf, isFiltered ? nothing("No case fits these filters", null, all) : nothing("Nothing waits for a decision", "A case opens when an upload is near a protected model.", h("a", { class: "button", href: "#/live" }, "Watch uploads arrive")));
  }

  async function load() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    newOnes = new Set();
    drawFresh();
    if (!rows.length) replace(stateOf, loading("Reading the cases"));
    loadCounts();
    drawGroups();
    try {
      let read = [];
      await api.eachPage("alerts", "alerts", { query: { ...queryOf(filters), view: "row", limit: PAGE }, signal }, (page, answer) => {
        read = read.concat(page);
        rows = read;
        drawRows(answer.total ?? read.length);
        return read.length < KEPT;
      });
    } catch (problem) {
      if (problem.name === "AbortError") return;
      rows = [];
      grid.setItems(rows);
      grid.element.hidden = true;
      replace(stateOf, failed(problem, load));
    }
  }

  async function loadCounts() {
    const { state, severity, sort, ...rest } = queryOf(filters);
    counts = await api.get("alerts/counts", { query: { held: "none", ...rest } }).catch(() => counts);
    drawFilters();
  }

  function drawGroups() {
    side.hidden = !filters.by;
    if (filters.by) replace(side, groupsPanel(filters.by, queryOf(filters), (key) => change({ [filters.by]: key, by: null })));
  }

  function drawFresh() {
    fresh.hidden = newOnes.size === 0;
    replace(fresh, `${plural(newOnes.size, "case")} new or changed · show `, h("kbd", null, "r"));
  }

  /** A case that is shown changes where it is; others wait until people ask for them, so that nothing moves under their hands. */
  function takeArrived() {
    rows = rows.map((known) => {
      const newer = arrived.get(known.alertId) ?? known;
      arrived.delete(known.alertId);
      return newer;
    });
    for (const row of arrived.values()) if (mayFit(row, filters)) newOnes.add(row.alertId);
    arrived.clear();
    grid.setItems(rows);
    drawFresh();
    loadCounts();
  }
  const takeSoon = throttle(takeArrived, 500);
  const onCase = (row) => {
    arrived.set(row.alertId, row);
    takeSoon();
  };

  const choices = [
    select("Sort by", filters.sort, [["", "Most severe first"], ["newest", "Newest first"], ["oldest", "Oldest first"]], (sort) => change({ sort })),
    select("Last seen", filters.since, [["", "At any time"], ["1", "In the last hour"], ["24", "In the last day"], ["168", "In the last week"]], (since) => change({ since })),
    select("Alert held back", filters.held, [["", "With an alert"], ["any", "With or without"], ["QUARANTINE", "In quarantine"], ["SHADOW", "Shadow mode"], ["DISABLED", "Disabled models"]], (held) => change({ held })),
    select("Group by", filters.by, [["", "No groups"], ["protected", "By protected model"], ["uploader", "By uploader"], ["owner", "By owner"]], (by) => change({ by })),
  ];
  const stops = [live.on("case", onCase), live.on("reset", load)];
  root.append(
    heading("Queue", { note: "Cases by severity and age", actions: fresh }),
    tabRow,
    h("div", { class: "filter-row" }, search, severityRow, chosen),
    h("div", { class: "queue-columns" }, panel(["Cases ", count], { class: "fill-panel", actions: choices }, bulk, grid.element, stateOf), side),
  );
  drawFilters();
  load();
  return {
    title: "Queue",
    keys: [
      ...gridKeys(grid),
      { keys: "/", label: "Search", run: () => search.focus() },
      { keys: "r", label: "Read again", run: load },
      ...DECISIONS.map((decision) => ({ keys: decision.key, label: decision.label, run: () => decideSelected(decision) })),
    ],
    close: () => {
      asked?.abort();
      stops.forEach((stop) => stop());
      grid.close();
    },
  };
}
