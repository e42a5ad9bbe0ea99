// Keys: the ones of the view that is shown, and those that hold everywhere. "g q" are two keys after one another.

const SEQUENCE_MILLIS = 1200;
let everywhere = [];
let ofView = [];
let pending = "";
let timer = 0;

/** Each: {keys: "j", label, run}; `keys` may hold alternatives: "j|ArrowDown". */
export function setEverywhere(bindings) {
  everywhere = bindings;
}

export function setOfView(bindings) {
  ofView = bindings ?? [];
}

export const all = () => ({ everywhere, ofView });

const isTyping = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;

function find(keys) {
  const fits = (binding) => binding.keys.split("|").includes(keys);
  return ofView.find(fits) ?? everywhere.find(fits);
}

const isStart = (key) => [...everywhere, ...ofView].some((binding) => binding.keys.split("|").some((keys) => keys.startsWith(`${key} `)));

/** Enter and space do what the thing in focus does. */
function belongsToFocus(event) {
  return (event.key === "Enter" || event.key === " ") && event.target.closest?.("a, button, summary, input, [role=checkbox]") !== null;
}

export function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || belongsToFocus(event)) return;
  const keys = pending ? `${pending} ${event.key}` : event.key;
  const binding = find(keys);
  clearTimeout(timer);
  pending = "";
  if (binding) {
    event.preventDefault();
    binding.run();
  } else if (keys.length === 1 && isStart(keys)) {
    pending = keys;
    timer = setTimeout(() => (pending = ""), SEQUENCE_MILLIS);
  }
}
