// An upload in a dialog: what its files came to, and the cases it belongs to.

import { h } from "./dom.js";
import * as api from "./api.js";
import { ask } from "./dialogs.js";
import { bytes, duration, number } from "./format.js";
import { tellProblem } from "./notices.js";
import { facts, when, worded } from "./parts.js";
import * as router from "./router.js";
import { OUTCOME } from "./words.js";

function fileItem(file) {
  const numbers = [file.format, bytes(file.sizeBytes), file.parameters ? `${number(file.parameters)} parameters` : null].filter(Boolean).join(" · ");
  return h("li", null, h("p", { class: "row" }, h("span", { class: "mono" }, file.file), file.outcome ? worded(OUTCOME, file.outcome) : null), h("p", { class: "soft" }, numbers), file.reason ? h("p", { class: "soft" }, file.reason) : null);
}

function about(upload) {
  return h(
    "div",
    { class: "upload-details" },
    facts([["Owner", upload.owner], ["Uploader", upload.uploader], ["Revision", upload.revision], ["Uploaded", when(upload.uploadedAt)], ["Outcome", upload.outcome ? worded(OUTCOME, upload.outcome) : "in progress"], ["Scan took", upload.durationMillis === null ? null : duration(upload.durationMillis)], ["Why", upload.reason]]),
    h("h3", null, `Files (${number(upload.fileCount)})`),
    h("ul", { class: "plain" }, upload.files.map(fileItem)),
  );
}

/** Opens the upload's case; an upload without one is shown by itself. */
export async function caseOfUpload(row) {
  try {
    const upload = await api.get(api.idPath("uploads", row.id));
    const strongest = upload.alerts.reduce((best, alert) => (best && best.falseMatchRate <= alert.falseMatchRate ? best : alert), null);
    if (strongest) router.go(router.to("case", strongest.alertId));
    else await ask({ title: `${upload.hub}/${upload.repo}`, body: about(upload), submit: () => true });
  } catch (problem) {
    tellProblem(problem);
  }
}
