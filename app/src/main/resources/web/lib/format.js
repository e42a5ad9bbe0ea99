// Numbers and times for people.

// Made once: making one takes as long as drawing a row.
const NUMBER = new Intl.NumberFormat("en");
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const SHORT_DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const CLOCK = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export const number = (value) => NUMBER.format(Number(value));

export function plural(count, word, many = `${word}s`) {
  return `${number(count)} ${count === 1 ? word : many}`;
}

/** Rounded down: 100 % is said only of all. */
export const percent = (share) => `${Math.floor(100 * share)} %`;

export function percentFine(share) {
  return `${Math.floor(share * 1000) / 10} %`;
}

export function bytes(count) {
  if (count === null || count === undefined) return "–";
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function short(count) {
  if (count === null || count === undefined) return "–";
  if (count < 10_000) return number(count);
  if (count < 1e6) return `${(count / 1e3).toFixed(count < 1e5 ? 1 : 0)} k`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} M` : `${(count / 1e9).toFixed(1)} G`;
}

export function duration(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 90_000) return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s`;
  if (millis < 5_400_000) return `${Math.round(millis / 60_000)} min`;
  return millis < 172_800_000 ? `${Math.round(millis / 3_600_000)} h` : `${Math.round(millis / 86_400_000)} days`;
}

/** How long ago, such as "4 min". */
export function age(iso, now = Date.now()) {
  const millis = Math.max(0, now - Date.parse(iso));
  return millis < 5000 ? "now" : duration(millis);
}

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "1 in 4.2e14" as "1 in 4.2 × 10¹⁴", "less than 1 in 1e15" as "< 1 in 10¹⁵". */
export function odds(text) {
  return String(text ?? "–")
    .replace("less than ", "< ")
    .replace(/([\d.]+)e\+?(\d+)$/, (_, factor, digits) => `${factor === "1" ? "" : `${factor} × `}10${[...digits].map((digit) => SUPERSCRIPT[digit]).join("")}`);
}

export function clock(iso) {
  const time = new Date(iso);
  const hours = CLOCK.format(time);
  if (time.toDateString() === new Date().toDateString()) return hours;
  return `${SHORT_DAY.format(time)}, ${hours.slice(0, 5)}`;
}

/** Such as "18:04". */
export const minute = (time) => CLOCK.format(new Date(time)).slice(0, 5);

export const day = (iso) => DAY.format(new Date(iso));

/** What is written for a bare algorithm id, such as "wav@1". */
export const algorithm = (found) => (String(found.algorithm).includes("@") ? found.algorithm : `${found.algorithm}@${found.version}`);
