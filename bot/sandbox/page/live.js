// Talking to the sandbox: what to fetch, what a person does, and the WebSocket that says what has changed.
import { changed, channel, feedKey, store } from "./store.js";
import { toast } from "./toast.js";

const running = new Map(); // what is being fetched → {again, done}
let socket = null;
let pause = 250; // milliseconds before the next attempt to connect

const query = (fields) => new URLSearchParams(fields).toString();

async function answer(path, body) {
  const options = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, options);
  if (!response.ok && response.headers.get("Content-Type")?.includes("json") !== true) {
    throw new Error(`The sandbox answered ${response.status}.`);
  }
  return response.json();
}

/** Fetches one thing again; while it is under way, further wishes for it become one more fetch after it. */
export function refresh(what) {
  const job = running.get(what);
  if (job) {
    job.again = true;
    return job.done;
  }
  const mine = { again: false };
  mine.done = repeat(what, mine).finally(() => running.delete(what));
  running.set(what, mine);
  return mine.done;
}

async function repeat(what, job) {
  do {
    job.again = false;
    try {
      await fetchOne(what);
    } catch {
      return; // the socket's own reconnecting says that we are offline, and fetches all again
    }
  } while (job.again);
}

async function fetchOne(what) {
  const as = store.me;
  if (what === "state") {
    const state = await answer(`/sandbox/state?${query(as ? { as } : {})}`);
    if (as !== store.me) return;
    if (state.ok === false) throw new Error(state.error);
    store.me = state.me;
    store.state = state;
    markRead();
  } else if (what === "home") {
    const home = (await answer(`/sandbox/home?${query({ as })}`)).view;
    if (as !== store.me) return;
    store.home = home;
  } else {
    const [place, thread] = what.slice("feed:".length).split("/");
    const found = await answer(
      `/sandbox/messages?${query(thread ? { as, channel: place, thread } : { as, channel: place })}`,
    );
    if (as !== store.me) return;
    store.feeds.set(feedKey(place, thread), found.messages ?? []);
    markRead();
  }
  changed();
}

const shown = () => {
  const { kind, channel: place, thread } = store.place;
  if (kind === "home") return ["home"];
  return thread ? [`feed:${place}`, `feed:${feedKey(place, thread)}`] : place ? [`feed:${place}`] : [];
};

/** Fetches what is on the screen. */
export const refreshShown = () => Promise.all(["state", ...shown()].map(refresh));
export const refreshPlace = () => Promise.all(shown().map(refresh));

/** What is on the screen is read, whichever came first: the message or the word that there is one. */
function markRead() {
  const known = channel(store.place.channel);
  if (known?.unread && store.feeds.has(known.id)) act("read", { channel: known.id }, { quiet: true });
}

/** Does something as the acting person. → the sandbox's answer; a refusal is shown unless `quiet`. */
export async function act(what, fields = {}, { quiet = false } = {}) {
  let said;
  try {
    said = await answer("/sandbox/act", { as: store.me, act: what, ...fields });
  } catch {
    said = { ok: false, error: "The sandbox does not answer. Is it still running?" };
  }
  // An app that did not answer a command or a click is already told of in the channel, as in Slack.
  const told = said.status && (what === "command" || what === "click");
  if (!said.ok && !told && !Object.keys(said.errors ?? {}).length && !quiet) toast(said.error ?? "That did not work.");
  if (socket?.readyState !== WebSocket.OPEN) refreshShown();
  return said;
}

/** Turns the clock, {minutes: 5} or {to: "next"}; resolves once everything due on the way has been said. */
export async function turnClock(fields) {
  try {
    const said = await answer("/sandbox/clock", fields);
    if (said.ok === false) toast(said.error ?? "The clock could not be turned.");
  } catch {
    toast("The sandbox does not answer. Is it still running?");
  }
  await refreshShown();
}

function hear(news) {
  const visible = new Set(shown());
  for (const what of news.changed ?? []) {
    if (what === "state" || what === "view" || what === "clock") refresh("state");
    else if (what === "home" && visible.has("home")) refresh("home");
    else if (what.startsWith("channel:")) {
      const place = what.slice("channel:".length);
      for (const one of visible) if (one === `feed:${place}` || one.startsWith(`feed:${place}/`)) refresh(one);
      refresh("state");
    }
  }
}

/** Opens the socket for the acting person, closing that of the person before. */
export function connect() {
  socket?.close();
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(`${scheme}://${location.host}/sandbox/live?${query({ as: store.me })}`);
  socket = mine;
  mine.onopen = () => {
    pause = 250;
    setOnline(true);
    refreshShown();
  };
  mine.onmessage = (event) => hear(JSON.parse(event.data));
  mine.onclose = () => {
    if (socket !== mine) return;
    setOnline(false);
    setTimeout(() => socket === mine && connect(), pause);
    pause = Math.min(pause * 2, 4000);
  };
}

function setOnline(online) {
  if (store.online === online) return;
  store.online = online;
  changed();
}

// A clock that runs by itself is read again now and then.
setInterval(() => store.online && store.state && refresh("state"), 10000);
