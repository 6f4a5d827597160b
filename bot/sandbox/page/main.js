// Starts the page: who, where, what is known; then everything is drawn again whenever something changes.
import { mountChannel, renderChannel } from "./channel.js";
import { renderClock } from "./clock.js";
import { leaveHome } from "./home.js";
import { connect, refresh } from "./live.js";
import { renderModal } from "./modal.js";
import { askedPerson, keepPerson, leaveLostPlace, readAddress } from "./route.js";
import { lastPerson } from "./person.js";
import { renderSidebar } from "./sidebar.js";
import { onChange, store } from "./store.js";
import { restoreTheme } from "./theme.js";
import { mountThread, renderThread } from "./thread.js";
import { toast } from "./toast.js";

const part = (id) => document.getElementById(id);

function draw() {
  if (!store.state) return;
  leaveLostPlace();
  document.body.dataset.me = store.me;
  document.body.dataset.channel = store.place.kind === "home" ? "home" : (store.place.channel ?? "");
  if (store.place.kind !== "home") leaveHome();
  renderClock(part("topbar"));
  renderSidebar(part("sidebar"));
  renderChannel(part("main"));
  renderThread(part("thread"));
  renderModal();
}

async function start() {
  restoreTheme();
  mountChannel(part("main"));
  mountThread(part("thread"));
  part("scrim").addEventListener("click", () => document.body.classList.remove("drawer"));
  document.addEventListener("keydown", (event) => event.key === "Escape" && document.body.classList.remove("drawer"));
  store.me = lastPerson(askedPerson());
  await refresh("state");
  if (!store.state && store.me) {
    store.me = null; // the person of another day's workspace: begin with this one's first
    await refresh("state");
  }
  if (!store.state) {
    toast("The sandbox does not answer. Start it with “tocsin demo” and load this page again.");
    return;
  }
  keepPerson();
  readAddress();
  onChange(draw);
  draw();
  connect();
}

start();
