// Elements made by hand. What is shown comes from uploads, which are hostile: text goes in as text nodes only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function setAll(node, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) node.style.setProperty(name, value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}

const isShown = (child) => child !== null && child !== undefined && child !== false && child !== "";

/** An element. Attributes: `onclick` and the like are listeners, `--x` are custom properties of its style; null and false are left out. */
export function h(tag, attributes, ...children) {
  const node = setAll(document.createElement(tag), attributes);
  node.append(...children.flat(3).filter(isShown));
  return node;
}

export function svg(tag, attributes, ...children) {
  const node = setAll(document.createElementNS(SVG, tag), attributes);
  node.append(...children.flat(3).filter(isShown));
  return node;
}

export const $ = (id) => document.getElementById(id);

export function replace(node, ...children) {
  node.replaceChildren(...children.flat(3).filter(isShown));
  return node;
}

/** Replaces buttons in a row by newer ones in the same order; the one in focus keeps it. */
export function replaceButtons(row, ...buttons) {
  const place = [...row.children].indexOf(document.activeElement);
  replace(row, ...buttons);
  row.children[place]?.focus();
}

/** Writes text only where it changed, so that live regions and selections are left alone. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function option(value, text, isSelected) {
  const made = h("option", { value }, text);
  made.selected = Boolean(isSelected);
  return made;
}

/** Runs the newest call once nothing was called for a while. */
export function debounce(run, millis) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), millis);
  };
}

/** Runs soon after the first call, and then at most once in a while. */
export function throttle(run, millis) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => {
      timer = 0;
      run();
    }, millis);
  };
}

/** Runs at most once a frame; browsers hold back the frames of hidden pages. */
export function eachFrame(run) {
  let isDue = false;
  const now = () => {
    isDue = false;
    run();
  };
  return () => {
    if (isDue) return;
    isDue = true;
    if (document.hidden) setTimeout(now, 200);
    else requestAnimationFrame(now);
  };
}
