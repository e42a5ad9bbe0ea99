// Records that could not be read, why, and the way to send them again.

import { h, replace } from "./dom.js";
import * as api from "./api.js";
import { ask } from "./dialogs.js";
import { bytes, number } from "./format.js";
import { notice } from "./notices.js";
import { failed, loading, nothing, panel, when } from "./parts.js";

const PAGE = 100;

async function redrive(letter, onDone) {
  const done = await ask({
    title: "Send this record again?",
    confirm: "Send again",
    body: h("div", null, h("p", null, "Its bytes are written to ", h("span", { class: "mono" }, letter.topic), " again, as they were. If what it failed of is not mended, it comes back here."), h("p", { class: "soft" }, letter.cause)),
    submit: async () => {
      await api.send("POST", `${api.idPath("dead-letters", letter.id)}/redrive`);
      return true;
    },
  });
  if (!done) return;
  notice("Sent again");
  onDone();
}

function row(letter, onDone) {
  const isAdmin = api.may("admin");
  return h(
    "tr",
    null,
    h("td", null, when(letter.failedAt)),
    h("td", null, h("span", { class: "mono" }, letter.topic), letter.stage ? h("div", { class: "soft" }, letter.stage) : null),
    h("td", { class: "cause" }, letter.cause),
    h("td", { class: "mono" }, letter.key ?? "–"),
    h("td", { class: "numeric" }, bytes(letter.sizeBytes)),
    h("td", null, letter.redrivenAt ? h("span", { class: "soft" }, "Sent again ", when(letter.redrivenAt)) : isAdmin ? h("button", { type: "button", onclick: () => redrive(letter, onDone), "aria-label": `Send again ${letter.id}` }, "Send again") : null),
  );
}

const table = (letters, onDone) =>
  h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Dead letters" },
    h("table", { class: "plain-table" }, h("thead", null, h("tr", null, ["Failed", "Topic", "Cause", "Key", "Size", ""].map((name) => h("th", { scope: "col" }, name || h("span", { class: "sr" }, "Send again"))))), h("tbody", null, letters.map((letter) => row(letter, onDone)))),
  );

/** The panel, and `note(count)`, which reads the list again when the number of dead letters has changed. */
export function deadLettersPanel() {
  const place = h("div", null, loading());
  let known = null;
  let letters = [];
  let next = null;

  async function read(cursor) {
    try {
      const page = await api.get("dead-letters", { query: { limit: PAGE, cursor } });
      letters = cursor ? [...letters, ...page.deadLetters] : page.deadLetters;
      next = page.next;
      draw();
    } catch (problem) {
      replace(place, failed(problem, () => read(cursor)));
    }
  }

  function draw() {
    if (!letters.length) replace(place, nothing("No dead letters", "Every record could be read."));
    else replace(place, table(letters, () => read(null)), next ? h("p", { class: "pad" }, h("button", { type: "button", onclick: () => read(next) }, `Show more than ${number(letters.length)}`)) : null);
  }

  return {
    element: panel("Dead letters", { id: "dead-letters", note: "records that could not be read" }, place),
    note(count) {
      if (count === known) return;
      known = count;
      read(null);
    },
  };
}
