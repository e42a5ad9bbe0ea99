// Explain: drop two models, see whether one is a copy of the other, and why.

import { h, replace } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { layerLinks, scale, stripLegend } from "../lib/charts.js";
import { algorithm, bytes, number, percent } from "../lib/format.js";
import { badge, failed, heading, loading, panel } from "../lib/parts.js";

const VERDICTS = { MATCH: ["Match", "alarm", "octagon"], NO_MATCH: ["No match", "ok", "check"], INCONCLUSIVE: ["Inconclusive", "warn", "half"] };

const NUMBERS = new Set(["Bits that differ", "Match at"]);

/** A place to drop a file, or to choose one by mouse or keyboard. */
function dropZone(name, label, change) {
  const input = h("input", { type: "file", id: `file-${name}`, onchange: () => take(input.files[0]) });
  const told = h("span", { class: "drop-file" }, "Drop a file here, or choose one");
  const zone = h("label", { class: "drop", for: `file-${name}` }, h("b", null, label), told, input);
  const zoneState = { file: null, zone };
  function take(file) {
    if (!file) return;
    zoneState.file = file;
    zone.dataset.filled = "yes";
    replace(told, h("span", { class: "mono" }, file.name), ` · ${bytes(file.size)}`);
    change();
  }
  const over = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", isOver);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    take(event.dataTransfer.files[0]);
  });
  return zoneState;
}

function algorithmRow(found) {
  return h(
    "tr",
    null,
    h("th", { scope: "row", class: "mono" }, algorithm(found)),
    h("td", { class: "wide" }, scale(found)),
    h("td", { class: "numeric" }, `${number(found.distanceBits)} of ${number(found.bits)}`),
    h("td", { class: "numeric" }, found.thresholdBits === null ? "–" : number(found.thresholdBits)),
    h("td", null, found.isMatch ? badge("match", "alarm", "check") : badge("no match", "calm")),
  );
}

function algorithmsPanel(algorithms) {
  if (!algorithms.length) return null;
  const head = h("tr", null, ["Algorithm", "Distance", "Bits that differ", "Match at", "Says"].map((name) => h("th", { scope: "col", class: NUMBERS.has(name) ? "numeric" : null }, name)));
  return panel("Algorithms", {}, h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Algorithms" }, h("table", { class: "plain-table" }, h("thead", null, head), h("tbody", null, algorithms.map(algorithmRow)))));
}

function layersPanel(layers, names) {
  if (!layers?.ofA?.length && !layers?.ofB?.length) return null;
  const part = (share, of) => `${layers.matchedLayers} of ${of} (${percent(share)} of the weights)`;
  return panel(
    "Layers",
    { note: `${layers.matchedLayers} match` },
    h("div", { class: "pad" }, layerLinks(layers, names), stripLegend(), h("p", null, `Of ${names[0]}: ${part(layers.shareOfA, layers.layersOfA)}. Of ${names[1]}: ${part(layers.shareOfB, layers.layersOfB)}.`)),
  );
}

function verdictPanel(found) {
  const [text, tone, sign] = VERDICTS[found.outcome] ?? [found.outcome, "warn", "info"];
  const sentences = found.explanation?.sentences ?? [];
  return h(
    "section",
    { class: "panel verdict", "data-tone": tone, "aria-live": "polite" },
    h("div", { class: "pad" }, h("p", { class: "verdict-word" }, badge(text, tone, sign)), found.reason ? h("p", { class: "lead" }, found.reason) : null, h("ul", { class: "sentences" }, sentences.map((sentence) => h("li", null, sentence))), (found.remarks ?? []).map((remark) => h("p", { class: "caution" }, remark))),
  );
}

export function mount(root) {
  const place = h("div", { id: "explanation" });
  const start = h("button", { type: "submit", class: "primary", disabled: true }, "Compare");
  const ready = () => (start.disabled = !(a.file && b.file && api.may("analyst")));
  const a = dropZone("a", "First model", ready);
  const b = dropZone("b", "Second model", ready);

  async function compare(event) {
    event.preventDefault();
    start.disabled = true;
    replace(place, loading("Reading and hashing both models"));
    const form = new FormData();
    form.set("a", a.file);
    form.set("b", b.file);
    try {
      const found = await api.send("POST", "compare", { form });
      replace(place, verdictPanel(found), layersPanel(found.layers, [a.file.name, b.file.name]), algorithmsPanel(found.algorithms ?? []));
    } catch (problem) {
      replace(place, failed(problem));
    } finally {
      ready();
    }
  }

  const note = api.may("analyst") ? "Is one of two models a copy of the other, and why? The files are hashed and not kept." : `Comparing needs the role analyst; yours is ${api.who().role}.`;
  root.append(heading("Explain", { note }), h("form", { class: "drops", onsubmit: compare }, a.zone, b.zone, start), place);
  return { title: "Explain", keys: [{ keys: "1", label: "Choose the first model", run: () => a.zone.control.click() }, { keys: "2", label: "Choose the second model", run: () => b.zone.control.click() }] };
}
