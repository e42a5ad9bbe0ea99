// Forms of a protected model: protecting one, changing its mode, withdrawing it.

import { h, option } from "./dom.js";
import * as api from "./api.js";
import { ask } from "./dialogs.js";
import { notice } from "./notices.js";
import { field } from "./parts.js";
import { MODE } from "./words.js";

const text = (name, attributes) => h("input", { name, autocomplete: "off", ...attributes });

const given = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "" && value !== null));

function formOf(file, fields) {
  const form = new FormData();
  Object.entries(given(fields)).forEach(([name, value]) => form.set(name, value));
  form.set("file", file);
  return form;
}

/** Asks for a file or an address; the model is hashed afterwards, which its status tells. */
export async function protectModel() {
  const id = text("id", { required: true, autofocus: true, maxlength: 200 });
  const owner = text("owner", { required: true, maxlength: 200 });
  const name = text("name", { maxlength: 200 });
  const url = text("url", { type: "url", placeholder: "https://…" });
  const file = h("input", { type: "file", name: "file" });
  const mode = h("select", { name: "mode" }, ["SHADOW", "LIVE"].map((code) => option(code, `${MODE[code].label}: ${MODE[code].means}`, code === "SHADOW")));
  const done = await ask({
    title: "Protect a model",
    confirm: "Protect",
    body: h("div", { class: "form-grid" }, field("Id", id), field("Owner", owner), field("Name, if other than the id", name), field("File of this computer", file), field("Or its address", url), field("Mode", mode, "A model in shadow mode shows what it would match before anybody is alerted.")),
    submit: () => {
      const fields = { id: id.value.trim(), owner: owner.value.trim(), name: name.value.trim(), mode: mode.value };
      return file.files.length ? api.send("POST", "protected", { form: formOf(file.files[0], fields) }) : api.send("POST", "protected", { json: given({ ...fields, url: url.value.trim() }) });
    },
  });
  if (done) notice("The model is being hashed");
  return done;
}

const lines = (area) => area.value.split(/[\n,]/).map((line) => line.trim()).filter(Boolean);

function modeChoice(code, current) {
  const radio = h("input", { type: "radio", name: "mode", value: code, checked: code === current, autofocus: code === current });
  return { radio, element: h("label", { class: "choice" }, radio, h("span", null, h("b", null, MODE[code].label), h("span", { class: "hint" }, MODE[code].means))) };
}

/** Changes what becomes of the matches of a model. Resolves to the changed model, null if left. */
export async function changePolicy(model, etag) {
  const policy = model.policy ?? { mode: "LIVE", authorisedOwners: [], authorisedLicenses: [] };
  const choices = Object.keys(MODE).map((code) => modeChoice(code, policy.mode));
  const until = h("input", { type: "datetime-local", name: "disabledUntil", value: policy.disabledUntil?.slice(0, 16) ?? "" });
  const owners = h("textarea", { name: "owners", rows: 2, value: policy.authorisedOwners.join("\n") });
  const licences = h("textarea", { name: "licences", rows: 2, value: policy.authorisedLicenses.join("\n") });
  const reason = text("reason", { required: true, maxlength: 1000 });
  const changed = await ask({
    title: `Matches of ${model.name || model.id}`,
    confirm: "Change",
    body: h(
      "div",
      { class: "form-grid" },
      h("fieldset", null, h("legend", null, "Mode"), choices.map((choice) => choice.element)),
      field("Disabled until", until, "Of use only when disabled; empty: for good."),
      field("Accounts that may have copies, one a line", owners),
      field("Licences under which anybody may, one a line", licences),
      field("Reason", reason),
    ),
    submit: () => {
      const mode = choices.find((choice) => choice.radio.checked).radio.value;
      const end = mode === "DISABLED" && until.value ? { disabledUntil: new Date(until.value).toISOString() } : {};
      return api.send("PUT", `${api.idPath("protected", model.id)}/policy`, { json: { mode, ...end, authorisedOwners: lines(owners), authorisedLicenses: lines(licences), reason: reason.value.trim() }, ifMatch: etag });
    },
  });
  if (changed) notice("The policy is changed");
  return changed;
}

export async function withdraw(model) {
  const done = await ask({
    title: `Withdraw ${model.name || model.id}?`,
    confirm: "Withdraw",
    tone: "alarm",
    body: h("p", null, "Its copies will no longer be found. Cases that are open stay open."),
    submit: async () => {
      await api.send("DELETE", api.idPath("protected", model.id));
      return true;
    },
  });
  if (done) notice("Withdrawn");
  return done;
}
