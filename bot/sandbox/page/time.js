// Times as the acting person reads them: in their zone, on a 24-hour clock, days counted from the sandbox's clock.
import { myZone, now } from "./store.js";

const formats = new Map();

function format(options) {
  const key = JSON.stringify([myZone(), options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: myZone(), ...options }));
  return formats.get(key);
}

const parts = (date, options) =>
  Object.fromEntries(
    format(options)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );

/** A message's ts ("1767225600.000100") as a moment. */
export const fromTs = (ts) => new Date(Number.parseFloat(ts) * 1000);

export const timeOf = (date) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
/** The time of day of a moment in another person's zone. */
export const timeIn = (zone, date) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    date,
  );
/** "New York" of "America/New_York". */
export const cityOf = (zone) => zone.split("/").at(-1).replaceAll("_", " ");

export const secondsOf = (date) =>
  format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(date);

/** "2026-11-20" in the person's zone: what tells one day from another. */
export function dayOf(date) {
  const { year, month, day } = parts(date, { year: "numeric", month: "2-digit", day: "2-digit" });
  return `${year}-${month}-${day}`;
}

function ordinal(number) {
  const tens = number % 100;
  if (tens >= 11 && tens <= 13) return `${number}th`;
  return number + ({ 1: "st", 2: "nd", 3: "rd" }[number % 10] ?? "th");
}

function pretty(date) {
  const away = Math.round((Date.parse(dayOf(date)) - Date.parse(dayOf(now()))) / 86400000);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[away] ?? null;
}

function written(date, month, { weekday = false, ordinals = true } = {}) {
  const found = parts(date, { year: "numeric", month, day: "numeric", weekday: "long" });
  const near = Math.abs(date - now()) < 180 * 86400000;
  const text = `${found.month} ${ordinals ? ordinal(Number(found.day)) : found.day}${near ? "" : `, ${found.year}`}`;
  return weekday ? `${found.weekday}, ${text}` : text;
}

const short = (date) => written(date, "short", { ordinals: false });
const plain = (date) => written(date, "long");
const long = (date) => written(date, "long", { weekday: true });

const TOKENS = {
  date_num: dayOf,
  date_slash: (date) => dayOf(date).replaceAll("-", "/"),
  date: plain,
  date_short: short,
  date_long: long,
  date_pretty: (date) => pretty(date) ?? plain(date),
  date_short_pretty: (date) => pretty(date) ?? short(date),
  date_long_pretty: (date) => pretty(date) ?? long(date),
  day_divider_pretty: (date) => pretty(date) ?? long(date),
  time: timeOf,
  time_secs: secondsOf,
  ago,
};

/** Slack's date format, e.g. "{date_short_pretty} at {time}"; "today" has a capital where it begins a line. */
export function dateFormat(date, pattern, { begins = false } = {}) {
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token) => TOKENS[token]?.(date) ?? whole);
  return begins ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** "in 29 min", "in a moment", "3 h ago". */
export function ago(date) {
  const minutes = Math.round((date - now()) / 60000);
  const size = Math.abs(minutes);
  if (size === 0) return date > now() ? "in a moment" : "just now";
  const words =
    size < 90 ? `${size} min` : size < 36 * 60 ? `${Math.round(size / 60)} h` : `${Math.round(size / 1440)} days`;
  return minutes > 0 ? `in ${words}` : `${words} ago`;
}

export const dayTitle = (date) => dateFormat(date, "{day_divider_pretty}", { begins: true });
export const fullTime = (date) => `${long(date)} at ${secondsOf(date)}`;
export const clockDay = (date) => {
  const { weekday, day, month } = parts(date, { weekday: "short", day: "numeric", month: "short" });
  return `${weekday} ${day} ${month}`;
};

/** Unix seconds of a wall-clock day and time in the person's zone; null when one is missing. */
export function secondsFrom(day, time) {
  if (!day || !time) return null;
  const wall = Date.parse(`${day}T${time}:00Z`);
  let guess = wall;
  for (let turn = 0; turn < 2; turn += 1) {
    const seen = Date.parse(`${dayOf(new Date(guess))}T${timeOf(new Date(guess))}:00Z`);
    guess += wall - seen;
  }
  return Math.floor(guess / 1000);
}
