// Changing who one acts as: everything shown belongs to a person, so it is all fetched again.
import { connect, refresh, refreshPlace } from "./live.js";
import { keepPerson, leaveLostPlace } from "./route.js";
import { changed, channel, nameOf, store } from "./store.js";
import { toast } from "./toast.js";

const KEY = "tocsin-sandbox-as";

export async function switchPerson(id) {
  if (id === store.me) return;
  store.me = id;
  store.feeds.clear();
  store.home = null;
  store.state = { ...store.state, view: null };
  localStorage.setItem(KEY, id);
  keepPerson();
  await refresh("state");
  if (store.place.kind === "channel" && !channel(store.place.channel)) {
    toast(`${nameOf(id)} cannot see that channel.`, { kind: "note" });
    leaveLostPlace();
  }
  await refreshPlace();
  connect();
  changed();
}

/** Whom one acted as the last time, by the address or by this browser. */
export const lastPerson = (asked) => asked ?? localStorage.getItem(KEY);
