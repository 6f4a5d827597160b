// What the page knows and where it is. Whoever changes it calls `changed()`; whoever shows it listens.

export const store = {
  me: null, // the user we act as
  state: null, // the last answer of /sandbox/state
  place: { kind: "channel", channel: null, thread: null }, // kind: channel | home
  feeds: new Map(), // "C1" or "C1/thread-ts" → messages, oldest first
  home: null, // the App Home's view
  online: true,
};

const listeners = new Set();
let waiting = false;

export function onChange(listener) {
  listeners.add(listener);
}

/** Shows the new state soon: several changes in one turn are drawn once. */
export function changed() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    for (const listener of listeners) listener();
  });
}

export const feedKey = (channel, thread) => (thread ? `${channel}/${thread}` : channel);

export function user(id) {
  return store.state?.users.find((one) => one.id === id);
}

export function channel(id) {
  return store.state?.channels.find((one) => one.id === id);
}

export const me = () => user(store.me);
export const myZone = () => me()?.tz || "UTC";

/** The moment of the sandbox's clock: every "today" and "in 5 min" of the page counts from it. */
export const now = () => new Date(store.state?.clock.now ?? 0);

/** How a person is called in the page. */
export function nameOf(id) {
  const one = user(id);
  if (one) return one.real_name || one.name;
  if (id === "USLACKBOT") return "Slackbot";
  return store.state?.bot.id === id ? store.state.bot.name : id;
}

/** What stands in the sidebar and the composer for a channel: its name, or the person of a direct message. */
export function titleOf(place) {
  if (!place) return "";
  return place.kind === "dm" ? nameOf(peerOf(place)) : place.name;
}

/** Whom one talks to in a direct message. */
export const peerOf = (place) => (place.user && place.user !== store.me ? place.user : store.state.bot.id);
