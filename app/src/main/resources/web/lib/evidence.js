// The evidence of a case: both models, how near they are, and which layers match.

import { h, replace } from "./dom.js";
import { chance, layersText, marginText, nameOf } from "./casewords.js";
import { layerStrip, stripLegend } from "./charts.js";
import { distancePicture, distancesOf } from "./distances.js";
import { algorithm, bytes, number } from "./format.js";
import { badge, panel, when } from "./parts.js";
import * as router from "./router.js";

const digest = (sha256) => (sha256 ? h("span", { class: "mono digest", title: sha256 }, `${sha256.slice(0, 16)}…`) : "–");

const orDash = (value, form = (text) => text) => (value === null || value === undefined || value === "" ? "–" : form(value));

function pair(name, ofUpload, ofProtected, isSame) {
  return h("tr", { class: isSame ? "is-same" : "" }, h("th", { scope: "row" }, name), h("td", null, ofUpload), h("td", null, ofProtected, isSame ? [" ", badge("same", "alarm")] : null));
}

const isEqual = (a, b) => a !== null && a !== undefined && a !== "" && a === b;

/** Both models side by side. What is the same on both sides is marked: it is what a copy shows first. */
function sideBySide({ best, latest }) {
  const { upload } = best;
  const model = best.protectedModel;
  const file = upload.file;
  const other = model.file;
  return panel(
    "Both models",
    {},
    h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Both models side by side" },
      h(
        "table",
        { class: "pairs" },
        h("thead", null, h("tr", null, h("th", { scope: "col" }, h("span", { class: "sr" }, "Property")), h("th", { scope: "col" }, "Upload"), h("th", { scope: "col" }, "Protected model"))),
        h(
          "tbody",
          null,
          pair("Model", h("b", null, `${upload.hub}/${upload.repo}`), h("a", { href: router.to("protected", model.id) }, nameOf(model))),
          pair("Owner", orDash(upload.owner), orDash(model.owner), isEqual(upload.owner?.toLowerCase(), model.owner?.toLowerCase())),
          pair("Pushed by", orDash(upload.uploader), "–"),
          pair("Revision", h("span", { class: "mono" }, upload.revision, latest.upload.revision === upload.revision ? "" : ` (newest: ${latest.upload.revision})`), "–"),
          pair("Licence", orDash(upload.license), "–"),
          pair("Date", when(upload.uploadedAt), when(model.protectedAt)),
          pair("File", h("span", { class: "mono" }, file.path), h("span", { class: "mono" }, other.path)),
          pair("Format", orDash(file.format), orDash(other.format), isEqual(file.format, other.format)),
          pair("Size", bytes(file.sizeBytes), bytes(other.sizeBytes), isEqual(file.sizeBytes, other.sizeBytes)),
          pair("Parameters", orDash(file.parameters, number), orDash(other.parameters, number), isEqual(file.parameters, other.parameters)),
          pair("Tensors", orDash(file.tensors, number), orDash(other.tensors, number), isEqual(file.tensors, other.tensors)),
          pair("SHA-256", digest(file.sha256), digest(other.sha256), isEqual(file.sha256, other.sha256)),
        ),
      ),
    ),
  );
}

function nearnessPanel(best) {
  const picture = h("div", null, distancePicture(best, null));
  distancesOf(best.algorithm, best.version).then((distribution) => replace(picture, distancePicture(best, distribution)), () => {});
  const margin = marginText(best.nearestBaseline);
  return panel(
    "How near",
    { note: `${number(best.distanceBits)} of ${number(best.bits)} bits differ` },
    h("div", { class: "pad" }, picture, h("p", null, h("b", null, chance(best)), margin ? h("span", null, ` · ${margin}`) : h("span", { class: "soft" }, " · no public baseline is known to compare with")), h("p", { class: "soft" }, `${algorithm(best)} · a match at ${number(best.thresholdBits)} bits or fewer`)),
  );
}

function layerRow(layer) {
  return h("tr", null, h("td", { class: "mono" }, layer.uploadLayer), h("td", { class: "mono" }, layer.protectedLayer ?? "–"), h("td", { class: "numeric" }, layer.distanceBits === null ? "–" : `${layer.distanceBits} of ${layer.bits}`), h("td", null, layer.isMatch ? badge("match", "alarm", "check") : badge("no match", "calm")));
}

function layersPanel(best) {
  const found = best.layerEvidence;
  if (!found?.layerMatches) return panel("Layers", {}, h("p", { class: "pad soft" }, "This match was found without layer codes, so nothing is known layer by layer."));
  const head = h("thead", null, h("tr", null, ["Layer of the upload", "Layer of the protected model", "Bits that differ", "Match"].map((name) => h("th", { scope: "col" }, name))));
  return panel(
    "Layers",
    { note: `${found.matchedLayers} of ${found.uploadLayers} match` },
    h(
      "div",
      { class: "pad" },
      layerStrip(found.layerMatches, `Layers of the upload: ${layersText(found)}`),
      stripLegend(),
      h("p", null, layersText(found)),
      h("details", null, h("summary", null, "Layer by layer"), h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Layer by layer" }, h("table", { class: "plain-table" }, head, h("tbody", null, found.layerMatches.map(layerRow))))),
    ),
  );
}

export function evidencePanels(found) {
  return [nearnessPanel(found.best), layersPanel(found.best), sideBySide(found)];
}
