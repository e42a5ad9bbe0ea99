// Login: a token for a session, roles, and the way out.

import assert from "node:assert/strict";

export const title = "a token logs in, its role decides what may be changed, and logging out ends it";

export default async function run(walk) {
  const { url, viewer, analyst } = await walk.stage.ask("guarded-server");
  walk.expect(/status of 401/);
  await walk.open("#/queue", url);
  await walk.see("h1", "Log in");
  await walk.page.fill("input[name=token]", "wb_not-a-token");
  await walk.press("Enter");
  await walk.see(".failed", "This token is not known");
  await walk.shoot("login");
  await walk.requireAccessible("login");
  await walk.page.fill("input[name=token]", viewer);
  await walk.press("Enter");
  await walk.see("h1", "Queue");
  await walk.see("#who", "viewer");
  await walk.page.locator(".cases-grid .grid-body .grid-row").first().click();
  await walk.see(".decide-panel .hint", "may look but not decide");
  assert.ok(await walk.page.locator(".decision-button").first().isDisabled());

  await walk.page.click("text=Log out");
  await walk.see("h1", "Log in");
  await walk.page.fill("input[name=token]", analyst);
  await walk.press("Enter");
  await walk.see("#who", "analyst");
  await walk.page.reload();
  await walk.see("#who", "analyst");
  const state = await walk.text(".case-badges .badge >> nth=1");
  await walk.press(state === "New" ? "v" : "d", "Enter");
  await walk.see(".toast");
  await walk.see(".timeline .event[data-kind=decision]");
}
