// Cases by protected model, uploader or owner: where a flood comes from.

import { h, replace } from "./dom.js";
import * as api from "./api.js";
import { number, plural } from "./format.js";
import { ago, failed, loading, nothing, panel, severityBadge } from "./parts.js";

const NAMES = { protected: "protected model", uploader: "uploader", owner: "owner" };

function item(group, most, choose) {
  return h(
    "li",
    null,
    h(
      "button",
      { type: "button", class: "group", onclick: () => choose(group.key) },
      h("span", { class: "row" }, h("b", { class: "line" }, group.name || group.key), severityBadge(group.worst)),
      h("span", { class: "meter", "aria-hidden": "true" }, h("span", { "--share": `${(100 * group.cases) / most}%` })),
      h("span", { class: "row soft" }, h("span", null, `${plural(group.cases, "case")}, ${number(group.open)} open`), ago(group.lastSeenAt)),
    ),
  );
}

export function groupsPanel(by, query, choose) {
  const list = h("div", null, loading());
  const { sort, ...filters } = query;
  api
    .get("alerts/groups", { query: { ...filters, by, limit: 100 } })
    .then(({ groups, total }) => {
      const most = Math.max(1, ...groups.map((group) => group.cases));
      replace(list, groups.length ? h("ul", { class: "plain" }, groups.map((group) => item(group, most, choose))) : nothing("No groups"), total > groups.length ? h("p", { class: "hint" }, `${number(total - groups.length)} more`) : null);
    })
    .catch((problem) => replace(list, failed(problem)));
  return panel(`By ${NAMES[by] ?? by}`, {}, list);
}
