// A case and its evidence in words.

import { number, odds, percent } from "./format.js";

export const nameOf = (model) => model.name || model.id;

/** With the hub before it: the same name may be on many. */
export const repoOf = (row) => `${row.hub}/${row.repo}`;

export const chance = (alert) => `by chance: ${odds(alert.oddsOfChance)}`;

export function layersText({ matchedLayers, uploadLayers, protectedLayers, uploadShare, protectedShare }) {
  const ofUpload = `${matchedLayers} of ${uploadLayers} layers match (${percent(uploadShare)} of the weights)`;
  const isSame = protectedLayers === undefined || (uploadLayers === protectedLayers && percent(uploadShare) === percent(protectedShare));
  return isSame ? ofUpload : `${ofUpload}, of the protected model ${matchedLayers} of ${protectedLayers} (${percent(protectedShare)})`;
}

export function marginText(baseline) {
  if (!baseline) return null;
  const name = baseline.name || baseline.id;
  return baseline.marginBits >= 0 ? `${number(baseline.marginBits)} bits nearer than to the public ${name}` : `${number(-baseline.marginBits)} bits nearer to the public ${name} than to this model`;
}
