// Explain: two files, dropped or chosen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

export const title = "two dropped models are compared, and the page says why one is a copy";

async function drop(walk, zone, file) {
  const transfer = await walk.page.evaluateHandle(([name, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
    return data;
  }, [path.basename(file), readFileSync(file).toString("base64")]);
  await walk.page.dispatchEvent(zone, "drop", { dataTransfer: transfer });
}

export default async function run(walk) {
  const { folder } = await walk.stage.ask("models");
  await walk.open("#/explain");
  await drop(walk, ".drop >> nth=0", path.join(folder, "vgg-original.zip"));
  await drop(walk, ".drop >> nth=1", path.join(folder, "vgg-finetuned-permuted-rescaled.zip"));
  await walk.page.click("button:has-text('Compare')");
  await walk.see(".verdict .badge", "Match");
  assert.ok((await walk.page.locator(".links .link").count()) > 0, "the layers that match are joined");
  await walk.shoot("explain");
  await walk.page.setInputFiles("#file-b", path.join(folder, "vgg-stranger.zip"));
  await walk.page.click("button:has-text('Compare')");
  await walk.see(".verdict .badge", "No match");
}
