// A protected model: what it matches, and its way into shadow mode and back.

import assert from "node:assert/strict";
import { awaitAnswer } from "../api.mjs";

export const title = "a protected model is put into shadow mode, its preview shows what it would alert of, and its matches are held";

export default async function run(walk) {
  await walk.open("#/protected");
  await walk.see(".protected-grid .grid-row", "lenet");
  await walk.see(".protected-grid .sparkline");
  await walk.shoot("protected");
  await walk.page.locator(".protected-grid .grid-body .grid-row", { hasText: "lenet" }).first().click();
  await walk.see(".case-head h1", "lenet");
  const id = decodeURIComponent(walk.page.url().split("/").at(-1));
  await walk.see("#preview p", "It is live");
  await walk.press("m");
  await walk.page.check("dialog input[value=SHADOW]");
  await walk.page.fill("dialog input[name=reason]", "Too many matches to look at one by one.");
  await walk.press("Enter");
  await awaitAnswer(walk, `protected/${encodeURIComponent(id)}`, {}, (model) => model.mode === "SHADOW");
  await walk.see("#mode .badge", "Shadow");
  await walk.shoot("protected-model");

  await walk.stage.ask("upload", { file: "lenet-quantised-8.zip", repo: "eve/while-in-shadow" });
  const held = await awaitAnswer(walk, "alerts", { view: "row", held: "any", text: "while-in-shadow" }, (answer) => answer.total === 1);
  assert.equal(held.alerts[0].held, "SHADOW");
  await walk.page.reload();
  await walk.see("#preview .case-link", "while-in-shadow");
  await walk.see("#preview .lead", "If it went live");

  await walk.press("m");
  await walk.page.check("dialog input[value=LIVE]");
  await walk.page.fill("dialog input[name=reason]", "Looked at.");
  await walk.press("Enter");
  await walk.see("#mode .badge", "Live");
}
