// Operations and coverage: what runs, what lags, what could not be read.

import assert from "node:assert/strict";
import { ask, awaitAnswer } from "../api.mjs";

export const title = "operations shows the roles, their lag and a dead letter, which is sent again; coverage shows what was not scanned";

export default async function run(walk) {
  await walk.stage.ask("dead-letter");
  const { deadLetters } = await awaitAnswer(walk, "dead-letters", {}, (answer) => answer.deadLetters.length > 0);
  await walk.open("#/operations");
  await walk.see(".role-card", "hasher");
  await walk.see(".role-card", "running");
  await walk.see("td", "model-codes.v1");
  await walk.see("#dead-letters td", deadLetters[0].topic);
  await walk.shoot("operations");
  await walk.page.locator("#dead-letters button", { hasText: "Send again" }).first().click();
  await walk.see("dialog", "Send this record again?");
  await walk.page.keyboard.press("Enter");
  await walk.see(".toast", "Sent again");
  const again = await awaitAnswer(walk, "dead-letters", {}, (answer) => answer.deadLetters.length > deadLetters.length);
  assert.equal(again.deadLetters[0].topic, deadLetters[0].topic, "what is still broken comes back");

  await walk.open("#/coverage");
  const coverage = await ask(walk, "coverage", { hours: 24 });
  await walk.see(".tile", "Coverage");
  assert.equal(await walk.text(".tile:has(h2:text-is('Received')) .number"), coverage.received.toLocaleString("en"));
  await walk.see(".reason-list li");
  await walk.see(".matrix tbody tr");
  await walk.shoot("coverage");
}
