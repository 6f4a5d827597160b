// Changing who one acts as: everything shown belongs to a person, so it is all fetched again.
import { connect, refresh, refreshPlace } from "./live.js";
import { keepPerson, readAddress } from "./route.js";
import { changed, channel, store } from "./store.js";
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
    history.replaceState(null, "", `${location.pathname}${location.search}`);
    store.place = { kind: "channel", channel: null, thread: null };
    readAddress();
    toast(`${store.state.users.find((one) => one.id === id)?.real_name ?? "This person"} cannot see that place.`, {
      kind: "note",
    });
  }
  await refreshPlace();
  connect();
  changed();
}

/** Whom one acted as the last time, by the address or by this browser. */
export const lastPerson = (asked) => asked ?? localStorage.getItem(KEY);
