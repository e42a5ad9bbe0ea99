// Protected: every protected model, its mode, and its matches over time.

import { debounce, eachFrame, h, option, replace, say } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { nameOf } from "../lib/casewords.js";
import { shareBar, sparkline } from "../lib/charts.js";
import { number, plural, short } from "../lib/format.js";
import { Grid, gridKeys } from "../lib/grid.js";
import * as live from "../lib/live.js";
import { badge, failed, heading, loading, modeBadge, nothing, panel, worded } from "../lib/parts.js";
import { protectModel } from "../lib/protect.js";
import * as router from "../lib/router.js";
import { MODE, PROTECTION, STATE, STATES } from "../lib/words.js";

const PAGE = 200;
const DAYS = 14;
const DAY = 86_400_000;

/** Matches of the last two weeks by day, oldest first. */
function daily(buckets) {
  const counts = new Array(DAYS).fill(0);
  const today = Math.floor(Date.now() / DAY);
  for (const bucket of buckets) {
    const place = DAYS - 1 - (today - Math.floor(Date.parse(bucket.at) / DAY));
    if (place >= 0 && place < DAYS) counts[place] += bucket.alerts + bucket.held + bucket.suppressed;
  }
  return counts;
}

/** Lines of matches, asked for only of the rows in sight, a few at a time. */
function trends() {
  const known = new Map();
  const waiting = [];
  let running = 0;
  function next() {
    while (running < 4 && waiting.length) {
      const { id, cell } = waiting.shift();
      if (!cell.isConnected && cell.dataset.drawn) continue;
      running += 1;
      api
        .get(`${api.idPath("protected", id)}/matches`, { query: { bucket: "day" } })
        .then(({ buckets }) => {
          known.set(id, daily(buckets));
          draw(cell, id);
        })
        .catch(() => say(cell, "–"))
        .finally(() => {
          running -= 1;
          next();
        });
    }
  }
  function draw(cell, id) {
    const counts = known.get(id);
    const total = counts.reduce((sum, count) => sum + count, 0);
    replace(cell, sparkline(counts, `${plural(total, "match", "matches")} in ${DAYS} days`));
  }
  return (id) => {
    const cell = h("span", { class: "trend" });
    if (known.has(id)) draw(cell, id);
    else {
      waiting.push({ id, cell });
      setTimeout(next);
    }
    return cell;
  };
}

function statusBadges(model) {
  if (model.isBaseline && model.status === "ACTIVE") return badge("Public baseline", "calm", "info");
  return [worded(PROTECTION, model.status), model.mode !== "LIVE" ? modeBadge(model.mode) : null, model.isQuarantined ? badge("In quarantine", "alarm", "mute") : null];
}

function casesBar(model) {
  const { byState } = model.counts;
  const parts = STATES.map((state) => ({ tone: STATE[state].tone, value: byState[state] ?? 0, label: STATE[state].label }));
  return parts.some((part) => part.value) ? shareBar(parts, "Cases by state") : null;
}

export function mount(root) {
  let models = [];
  let next = null;
  let isReading = false;
  const trend = trends();
  const quarantined = new Set();
  const stateOf = h("div", null, loading("Reading the protected models"));
  const count = h("span", { class: "count" });
  const search = h("input", { type: "search", placeholder: "Name, id, owner…", "aria-label": "Search protected models", autocomplete: "off", oninput: debounce(() => load(), 250) });
  const mode = h("select", { "aria-label": "Mode", onchange: () => load() }, option("", "All modes"), Object.entries(MODE).map(([code, { label }]) => option(code, label)));
  const grid = new Grid({
    label: "Protected models",
    class: "protected-grid",
    columns: [{ name: "what", label: "Model" }, { name: "status", label: "Status" }, { name: "cases", label: "Cases" }, { name: "trend", label: `Matches, ${DAYS} days` }, { name: "facts", label: "Weights" }],
    key: (model) => model.id,
    cells: (model) => [
      [h("a", { class: "line strong", href: router.to("protected", model.id), tabindex: -1 }, nameOf(model)), h("span", { class: "line soft" }, `${model.id} · ${model.owner}`)],
      [h("span", { class: "line" }, statusBadges({ ...model, isQuarantined: quarantined.has(model.id) })), model.reason ? h("span", { class: "line soft", title: model.reason }, model.reason) : null],
      [h("span", { class: "line" }, model.cases ? plural(model.cases, "case") : h("span", { class: "soft" }, "none")), casesBar(model)],
      trend(model.id),
      [h("span", { class: "line" }, model.format ?? "–"), h("span", { class: "line soft" }, model.parameters ? `${short(model.parameters)} parameters` : "")],
    ],
    onOpen: (model) => router.go(router.to("protected", model.id)),
    onNearEnd: () => next && !isReading && read(),
  });

  async function read() {
    isReading = true;
    const isFirst = next === null;
    try {
      const page = await api.get("protected", { query: { text: search.value.trim(), mode: mode.value, limit: PAGE, cursor: next } });
      models = isFirst ? page.protected : [...models, ...page.protected];
      next = page.next ?? null;
      draw(page.total);
    } catch (problem) {
      replace(stateOf, failed(problem, load));
    } finally {
      isReading = false;
    }
  }

  function draw(total) {
    grid.setItems(models);
    grid.element.hidden = models.length === 0;
    say(count, number(total ?? models.length));
    const isFiltered = search.value || mode.value;
    replace(stateOf, models.length ? [] : isFiltered ? nothing("No model fits these filters") : nothing("Nothing is protected yet, so nothing can match", "Protect a model here, or with ./weighbridge protect."));
  }

  function load() {
    next = null;
    return read();
  }

  const readSoon = debounce(load, 600);
  const redraw = eachFrame(() => grid.setItems([...models]));
  api.get("index").then((index) => {
    index.quarantined.forEach((model) => quarantined.add(model.id));
    models = models.map((model) => ({ ...model }));
    redraw();
  }, () => {});
  const stops = [live.on("protected", readSoon), live.on("policy", readSoon)];
  const add = api.may("curator") ? h("button", { type: "button", class: "primary", onclick: () => protectModel().then((done) => done && load()) }, "Protect a model") : null;
  grid.element.hidden = true;
  root.append(heading("Protected", { note: "Models whose copies are looked for", actions: add }), panel(["Protected models ", count], { class: "fill-panel", actions: [search, mode] }, grid.element, stateOf));
  load();
  return {
    title: "Protected",
    keys: [...gridKeys(grid), { keys: "/", label: "Search", run: () => search.focus() }],
    close: () => {
      stops.forEach((stop) => stop());
      grid.close();
    },
  };
}
