// Where one is, kept in the address: ?as=U1#C1, #C1/thread/ts, #C1/at/ts, #home.
import { changed, channel, store } from "./store.js";
import { refreshPlace } from "./live.js";

let wanted = null; // the message to show, named by a link

/** The message a link has asked for, once. */
export function takeWanted() {
  const ts = wanted;
  wanted = null;
  return ts;
}

export const wantedMessage = () => wanted;

export function readAddress() {
  const [first, kind, thread, message] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (first === "home") {
    go({ kind: "home", channel: null, thread: null });
    return;
  }
  const place = channel(first) ?? store.state.channels.find((one) => first && one.name === first);
  if (!place) {
    go({ kind: "channel", channel: channel(store.place.channel)?.id ?? firstChannel(), thread: null });
    return;
  }
  wanted = kind === "at" ? thread : (message ?? null);
  go({ kind: "channel", channel: place.id, thread: kind === "thread" ? thread : null });
}

function firstChannel() {
  const mine = store.state.channels.filter((one) => one.member && !one.archived && one.kind !== "dm");
  return (mine[0] ?? store.state.channels[0])?.id ?? null;
}

/** Leaves a place that is no more, or that one may no longer see. */
export function leaveLostPlace() {
  const { kind, channel: id } = store.place;
  if (kind !== "channel" || channel(id) || !firstChannel()) return;
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  readAddress();
}

function go(place) {
  const same = JSON.stringify(place) === JSON.stringify(store.place);
  store.place = place;
  document.body.classList.remove("drawer");
  changed();
  if (!same) refreshPlace();
}

export const openChannel = (id) => to(`#${id}`);
export const openThread = (id, ts) => to(`#${id}/thread/${ts}`);
export const closeThread = () => to(`#${store.place.channel}`);
export const openHome = () => to("#home");

function to(hash) {
  if (location.hash === hash) readAddress();
  else location.hash = hash;
}

export function keepPerson() {
  const address = new URL(location.href);
  address.searchParams.set("as", store.me);
  history.replaceState(null, "", address);
}

export const askedPerson = () => new URL(location.href).searchParams.get("as");

addEventListener("hashchange", () => store.state && readAddress());
