// Where one writes: a growing field, slash commands with completion, the ⚡ menu of shortcuts.
import { act } from "./live.js";
import { completionsFor, usageOf } from "./completion.js";
import { fill, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { pickEmoji } from "./reactions.js";
import { openChannel } from "./route.js";
import { store, titleOf } from "./store.js";
import { toast } from "./toast.js";
import { emojiOf } from "./emoji.js";

/** thread: whether it replies in a thread; onsend(): what else happens then. → {node, update(place, thread), focus()} */
export function createComposer({ thread: inThread, onsend }) {
  const drafts = new Map();
  let place = null;
  let thread = null;
  let found = null; // what may be finished, see completionsFor
  let marked = 0;
  let picked = false; // the person has gone through the list with the arrows
  let history = [];

  const list = h("ul", {
    class: "completions",
    role: "listbox",
    id: freshId("completions"),
    "aria-label": "Suggestions",
    hidden: true,
  });
  const field = h("textarea", {
    class: "composer-field",
    rows: "1",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    autocapitalize: "sentences",
    enterkeyhint: "send",
    oninput: changedText,
    onkeydown: key,
    onblur: () => setTimeout(() => document.activeElement !== field && close(), 120),
    onclick: look,
  });
  const send = h(
    "button",
    {
      type: "button",
      class: "composer-send",
      "aria-label": inThread ? "Send reply" : "Send message",
      disabled: true,
      onclick: sendNow,
    },
    icon("send", 18),
  );
  const bolt = tool("Shortcuts", icon("bolt"), (button) => openMenu(button, shortcuts(), { label: "Shortcuts" }));
  const at = tool("Mention someone", h("span", { class: "at" }, "@"), () => type("@"));
  const smile = tool("Insert emoji", icon("smile"), (button) => pickEmoji(button, (name) => type(emojiOf(name))));
  const hint = h("span", { class: "composer-hint" });
  const node = h(
    "div",
    { class: "composer" },
    list,
    h(
      "div",
      { class: "composer-box" },
      field,
      h("div", { class: "composer-tools" }, !inThread && bolt, at, smile, hint, send),
    ),
  );

  function tool(label, inside, onclick) {
    const button = h(
      "button",
      { type: "button", class: "ghost", "aria-label": label, title: label, onclick: () => onclick(button) },
      inside,
    );
    return button;
  }

  function shortcuts() {
    return store.state.shortcuts
      .filter(({ type }) => type === "global")
      .map(({ callback_id: id, name }) => ({
        label: name,
        detail: store.state.bot.name,
        lead: avatar(store.state.bot.id, "s"),
        onselect: () => act("shortcut", { callback_id: id }),
      }));
  }

  function update(to, toThread = null) {
    const key = `${store.me} ${to.id} ${toThread}`;
    if (field.dataset.key !== key) {
      if (field.dataset.key) drafts.set(field.dataset.key, field.value);
      field.dataset.key = key;
      field.value = drafts.get(key) ?? "";
      close();
      grow();
    }
    place = to;
    thread = toThread;
    hint.textContent = inThread ? "" : usageOf(field.value);
    const name = inThread ? "Reply in thread" : to.kind === "dm" ? `Message ${titleOf(to)}` : `Message #${to.name}`;
    field.setAttribute("aria-label", name);
    field.placeholder = inThread ? "Reply…" : name;
  }

  function grow() {
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", `${Math.min(field.scrollHeight, 220)}px`);
    send.disabled = field.value.trim() === "";
  }

  function changedText() {
    grow();
    hint.textContent = inThread ? "" : usageOf(field.value);
    look();
  }

  function look() {
    found =
      field.selectionStart === field.selectionEnd
        ? completionsFor(field.value.slice(0, field.selectionStart), inThread)
        : null;
    marked = 0;
    picked = false;
    draw();
  }

  function close() {
    found = null;
    draw();
  }

  function draw() {
    list.hidden = !found;
    field.setAttribute("aria-expanded", String(Boolean(found)));
    if (!found) return;
    fill(
      list,
      found.items.map((item, number) =>
        h(
          "li",
          {
            class: number === marked ? "option marked" : "option",
            role: "option",
            id: freshId("completion"),
            "aria-selected": String(number === marked),
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => take(item),
          },
          item.lead,
          h("span", { class: "menu-label" }, item.label),
          item.usage && h("span", { class: "usage" }, item.usage),
          item.detail && h("span", { class: "menu-detail" }, item.detail),
        ),
      ),
    );
    const row = list.children[marked];
    field.setAttribute("aria-activedescendant", row?.id ?? "");
    row?.scrollIntoView({ block: "nearest" });
  }

  function take(item) {
    const end = field.selectionStart;
    field.setRangeText(item.insert, found.from, end, "end");
    changedText();
    if (found?.items.every((one) => one.exact)) close();
    field.focus();
  }

  function type(text) {
    const gap = field.value && !/\s$/.test(field.value.slice(0, field.selectionStart)) ? " " : "";
    field.setRangeText(gap + text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    changedText();
  }

  function key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found && step) {
      event.preventDefault();
      marked = (marked + step + found.items.length) % found.items.length;
      picked = true;
      draw();
    } else if (found && event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (found && event.key === "Tab") {
      event.preventDefault();
      take(found.items[marked]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      // Enter finishes a word that is only begun; one that stands there already is sent.
      if (found && (picked || !found.items.some((item) => item.exact))) take(found.items[marked]);
      else sendNow();
    } else if (event.key === "ArrowUp" && field.value === "" && history.length) {
      event.preventDefault();
      field.value = history.at(-1);
      changedText();
    }
  }

  async function sendNow() {
    const text = field.value.trim();
    if (!text) return;
    const word = /^\/[a-z][\w-]*/i.exec(text)?.[0];
    const known = word && store.state.commands.some(({ command }) => command === word.toLowerCase());
    if (word && inThread)
      return void toast(
        `Slash commands do not run in threads. Mention @${store.state.bot.name} here, or use the channel’s own field.`,
      );
    if (word && !known)
      return void toast(
        `${word} is no command of this workspace. Known: ${store.state.commands.map(({ command }) => command).join(", ")}.`,
      );
    history = [...history.slice(-19), text];
    field.value = "";
    drafts.delete(field.dataset.key);
    changedText();
    onsend();
    const said = known
      ? await act("command", { channel: place.id, command: word.toLowerCase(), text: text.slice(word.length).trim() })
      : await act("say", { channel: place.id, text: text, ...(thread ? { thread_ts: thread } : {}) });
    if (!said.ok && field.value === "") {
      field.value = text;
      changedText();
    }
    if (said.ok && said.channel && said.channel !== place.id && !known) openChannel(said.channel);
  }

  return { node, update, focus: () => field.focus({ preventScroll: true }) };
}
