// What the composer can finish for the person: commands, verbs, people, channels, emoji.
import { emojiLike } from "./emoji.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./people.js";
import { store } from "./store.js";

/**
 * What fits the text before the cursor: {from, items: [{insert, label, detail?, usage?, lead?, exact}]}, or null.
 * `from` is where the finished word starts; `exact` means that it stands there already.
 */
export function completionsFor(text, inThread) {
  if (!inThread) {
    const command = commandsFor(text) ?? verbsFor(text);
    if (command) return command;
  }
  const found = /(^|[\s(])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(text);
  if (!found) return null;
  const [, , mark, word] = found;
  const items = { "@": peopleFor, "#": channelsFor, ":": emojiFor }[mark](word.toLowerCase());
  return items.length ? { from: text.length - word.length - 1, items: items.slice(0, 8) } : null;
}

function commandsFor(text) {
  if (!/^\/\S*$/.test(text)) return null;
  const items = store.state.commands
    .filter(({ command }) => command.startsWith(text.toLowerCase()))
    .map(({ command, hint }) => ({
      insert: `${command} `,
      label: command,
      usage: hint,
      lead: avatar(store.state.bot.id, "xs"),
      exact: command === text.toLowerCase(),
      detail: store.state.bot.name,
    }));
  return items.length ? { from: 0, items } : null;
}

function verbsFor(text) {
  const found = /^(\/\S+ +)(\S*)$/.exec(text);
  if (!found || !store.state.commands.some(({ command }) => command === found[1].trim())) return null;
  const word = found[2].toLowerCase();
  const items = store.state.completions
    .filter(({ verb }) => verb.startsWith(word))
    .map(({ verb, usage, help }) => ({
      insert: usage && usage !== verb ? `${verb} ` : verb,
      label: verb,
      usage: usage?.startsWith(verb) ? usage.slice(verb.length).trim() : usage,
      detail: help,
      exact: verb === word,
      wide: true,
    }));
  return items.length ? { from: found[1].length, items } : null;
}

const fits = (word, ...names) =>
  names.some((name) =>
    name
      ?.toLowerCase()
      .split(/[\s._-]+/)
      .concat(name.toLowerCase())
      .some((part) => part.startsWith(word)),
  );

function peopleFor(word) {
  const { users, usergroups, bot } = store.state;
  const people = users
    .filter((one) => !one.deleted && fits(word, one.name, one.real_name))
    .map((one) => ({
      insert: `@${one.name} `,
      label: one.real_name || one.name,
      usage: `@${one.name}`,
      lead: avatar(one.id, "xs"),
      exact: one.name.toLowerCase() === word,
    }));
  const app =
    users.every(({ id }) => id !== bot.id) && fits(word, bot.name)
      ? [
          {
            insert: `@${bot.name} `,
            label: bot.name,
            usage: "app",
            lead: avatar(bot.id, "xs"),
            exact: bot.name.toLowerCase() === word,
          },
        ]
      : [];
  const groups = usergroups
    .filter(({ handle, name }) => fits(word, handle, name))
    .map(({ handle, name }) => ({
      insert: `@${handle.replace(/^@/, "")} `,
      label: `@${handle.replace(/^@/, "")}`,
      usage: name,
      lead: icon("people", 16),
      exact: handle.toLowerCase() === word,
    }));
  return [...people, ...app, ...groups];
}

const channelsFor = (word) =>
  store.state.channels
    .filter((one) => one.kind !== "dm" && !one.archived && one.name.includes(word))
    .map((one) => ({
      insert: `#${one.name} `,
      label: one.name,
      lead: icon(one.kind === "private" ? "lock" : "hash", 16),
      exact: one.name === word,
    }));

const emojiFor = (word) =>
  word.length < 2
    ? []
    : emojiLike(word).map(({ name, character }) => ({
        insert: `:${name}: `,
        label: `:${name}:`,
        lead: h("span", { class: "emoji" }, character),
        exact: false,
      }));

/** The line under what is being typed: how the verb that stands there is used. */
export function usageOf(text) {
  const [word, name] = text.trim().split(/\s+/);
  const known = store.state.commands.some(({ command }) => command === word?.toLowerCase());
  const verb = known && store.state.completions.find((one) => one.verb === name?.toLowerCase());
  if (verb) return `${verb.usage || verb.verb} · ${verb.help}`;
  return text ? "" : "Type / for commands";
}
