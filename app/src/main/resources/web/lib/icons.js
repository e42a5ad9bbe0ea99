// Small signs, drawn in the colour of the text beside them.

import { svg } from "./dom.js";

const PATHS = {
  octagon: ["M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z", "M8 4.6v4", "M8 11.2v.1"],
  triangle: ["M8 2 14.5 13.5h-13z", "M8 6.5v3.2", "M8 11.6v.1"],
  diamond: ["M8 1.8 14.2 8 8 14.2 1.8 8z"],
  down: ["M3.5 6 8 10.5 12.5 6"],
  info: ["M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z", "M8 7.3v3.6", "M8 5v.1"],
  dot: ["M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"],
  eye: ["M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z", "M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z"],
  flag: ["M3.5 14.5v-13", "M3.5 2.5h8.2L10 5.6l1.7 3H3.5"],
  check: ["M2.5 8.5 6.2 12 13.5 4"],
  speech: ["M2 3h12v7.5H8.5L5 13.5v-3H2z"],
  cross: ["M3.5 3.5l9 9", "M12.5 3.5l-9 9"],
  mute: ["M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z", "M3.7 3.7l8.6 8.6"],
  half: ["M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z", "M8 1.8v12.4", "M10.5 3v10", "M12.6 4.8v6.4"],
  live: ["M1.5 8.5h3l2-5.5 3 10 2-4.5h3"],
  queue: ["M2 3.5h12", "M2 8h12", "M2 12.5h7"],
  shield: ["M8 1.5 13.5 3.5v4.2c0 3.2-2.3 5.6-5.5 6.8-3.2-1.2-5.5-3.6-5.5-6.8V3.5z"],
  pie: ["M8 1.8a6.2 6.2 0 1 0 6.2 6.2H8z", "M10.5 1.8a5 5 0 0 1 3.7 3.7h-3.7z"],
  compare: ["M1.8 3h4.7v10H1.8z", "M9.5 3h4.7v10H9.5z", "M6.5 8h3"],
  gauge: ["M2.5 12.5a6.5 6.5 0 1 1 11 0", "M8 9.5l3-4"],
  clip: ["M5 2.5h6v3H5z", "M5 4H3v10h10V4h-2"],
  sun: ["M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z", "M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"],
  moon: ["M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2z"],
};

export function icon(name, label) {
  const described = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, ...described }, (PATHS[name] ?? PATHS.info).map((d) => svg("path", { d })));
}
