// The shell: which view is shown, what is told beside it, and the keys that hold everywhere.

import { $, h, replace, say, throttle } from "./lib/dom.js";
import * as api from "./lib/api.js";
import { showKeys } from "./lib/dialogs.js";
import { number } from "./lib/format.js";
import { icon } from "./lib/icons.js";
import * as keys from "./lib/keys.js";
import * as live from "./lib/live.js";
import { tellProblem, undoNewest } from "./lib/notices.js";
import { failed, nothing } from "./lib/parts.js";
import * as router from "./lib/router.js";
import * as theme from "./lib/theme.js";
import * as caseView from "./views/case.js";
import * as coverage from "./views/coverage.js";
import * as explain from "./views/explain.js";
import * as liveView from "./views/live.js";
import * as login from "./views/login.js";
import * as operations from "./views/operations.js";
import * as protectedModel from "./views/protected-model.js";
import * as protectedModels from "./views/protected.js";
import * as queue from "./views/queue.js";

const VIEWS = [
  { name: "live", label: "Live", sign: "live", key: "l" },
  { name: "queue", label: "Queue", sign: "queue", key: "q" },
  { name: "protected", label: "Protected", sign: "shield", key: "p" },
  { name: "coverage", label: "Coverage", sign: "pie", key: "c" },
  { name: "explain", label: "Explain", sign: "compare", key: "e" },
  { name: "operations", label: "Operations", sign: "gauge", key: "o" },
];
const MODULES = { live: liveView, queue, case: caseView, protected: protectedModels, coverage, explain, operations, login };

let shown = null;
let openCases = null;

function moduleOf(route) {
  return route.name === "protected" && route.id ? protectedModel : MODULES[route.name];
}

function markNav(route) {
  const name = route.name === "case" ? "queue" : route.name;
  for (const link of $("nav").querySelectorAll("a")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function setTitle(title) {
  const count = openCases ? `(${number(openCases)}) ` : "";
  document.title = `${count}${title} · Weighbridge`;
}

/** Shows the view that the address names. A view gives back what closes it, its keys, and its title. */
function show() {
  const route = router.parse(location.hash);
  if (!route.name) return void location.replace("#/live");
  if (!api.who() && route.name !== "login") return void location.replace(router.to("login", null, { next: location.hash }));
  shown?.close?.();
  keys.setOfView([]);
  const root = replace($("view"));
  const module = moduleOf(route);
  document.body.dataset.view = route.name;
  markNav(route);
  if (!module) {
    shown = null;
    root.append(h("h1", { class: "sr" }, "Not found"), nothing("Nothing is here", `This page has no view called ${route.name}.`, h("a", { class: "button", href: "#/live" }, "Go to Live")));
    return;
  }
  shown = module.mount(root, { ...route, setTitle: (title) => setTitle(title), setKeys: keys.setOfView, began: begin });
  setTitle(shown.title);
  keys.setOfView(shown.keys);
  window.scrollTo(0, 0);
}

function drawNav() {
  replace($("nav"), VIEWS.map(({ name, label, sign, key }) => h("li", null, h("a", { href: `#/${name}`, "data-view": name, "aria-keyshortcuts": `g ${key}`, title: `${label} (g ${key})` }, icon(sign), h("span", { class: "nav-label" }, label), name === "queue" ? h("span", { class: "nav-count", id: "open-cases" }) : null))));
}

function drawWho() {
  const session = api.who();
  const leave = h("button", { type: "button", class: "link-button", onclick: logOut }, "Log out");
  replace($("who"), session ? [h("b", null, session.name), h("span", null, session.role), session.expiresAt ? leave : null] : []);
}

async function logOut() {
  try {
    await api.logOut();
    live.stop();
    drawWho();
    show();
  } catch (problem) {
    tellProblem(problem);
  }
}

function tellSummary(summary) {
  $("problem").hidden = !summary.problem;
  say($("problem"), summary.problem ? `Not up to date: ${summary.problem}` : "");
}

async function countOpen() {
  if (document.hidden || !api.who()) return;
  try {
    const counts = await api.get("alerts/counts", { query: { held: "none" } });
    openCases = counts.open;
    say($("open-cases"), openCases ? number(openCases) : "");
    $("open-cases").title = `${number(openCases)} open`;
    if (shown) setTitle(shown.title);
  } catch {
    // The number is beside the point of every view; each tells its own problems.
  }
}

function tellConnection(state) {
  $("connection").dataset.state = state;
  say($("connection-text"), state === "live" ? "Live" : "Reconnecting");
}

function announce(upload, before) {
  if (upload.match.state !== "MATCH" || before?.match.state === "MATCH") return;
  say($("announce"), `Match: ${upload.repo} is near ${upload.match.protectedModel.name || upload.match.protectedModel.id}`);
}

const countSoon = throttle(countOpen, 800);

/** After logging in, or at once where no token is needed. */
function begin() {
  drawWho();
  live.start();
  countOpen();
}

function lost() {
  live.stop();
  location.replace(router.to("login", null, { next: location.hash }));
}

async function main() {
  theme.start($("theme"));
  drawNav();
  $("help").addEventListener("click", showKeys);
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("main").focus();
  });
  keys.setEverywhere([
    ...VIEWS.map(({ name, label, key }) => ({ keys: `g ${key}`, label: `Go to ${label}`, run: () => router.go(`#/${name}`) })),
    { keys: "z", label: "Take back the newest decision", run: undoNewest },
    { keys: "t", label: "Light or dark", run: () => theme.toggle($("theme")) },
    { keys: "?", label: "These keys", run: showKeys },
  ]);
  addEventListener("keydown", keys.onKey);
  addEventListener("hashchange", show);
  live.on("summary", tellSummary);
  live.on("connection", tellConnection);
  live.on("upload", announce);
  live.on("case", countSoon);
  api.whenLost(lost);
  try {
    if (await api.findSession()) begin();
    show();
  } catch (problem) {
    replace($("view"), failed(problem, () => location.reload()));
  }
}

main();
