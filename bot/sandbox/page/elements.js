// The interactive elements of Block Kit, by type.
import { h, safeHref } from "./dom.js";
import { icon } from "./icons.js";
import {
  checkboxes,
  datePicker,
  dateTimePicker,
  emailInput,
  numberInput,
  plainTextInput,
  radioButtons,
  timePicker,
  urlInput,
} from "./inputs.js";
import { confirmed } from "./confirm.js";
import { openMenu } from "./menu.js";
import { plainText, wordsOf } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { select } from "./select.js";
import { peerOf, store, titleOf } from "./store.js";

const ELEMENTS = {
  button,
  overflow,
  image,
  plain_text_input: plainTextInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  number_input: numberInput,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  checkboxes,
  radio_buttons: radioButtons,
  static_select: (element, context) => chooser(element, context, optionsOf(element), "selected_option", false),
  multi_static_select: (element, context) => chooser(element, context, optionsOf(element), "selected_options", true),
  users_select: (element, context) => chooser(element, context, people(), "selected_user", false),
  multi_users_select: (element, context) => chooser(element, context, people(), "selected_users", true),
  channels_select: (element, context) => chooser(element, context, places(), "selected_channel", false),
  multi_channels_select: (element, context) => chooser(element, context, places(), "selected_channels", true),
  conversations_select: (element, context) => chooser(element, context, places(), "selected_conversation", false),
  multi_conversations_select: (element, context) => chooser(element, context, places(), "selected_conversations", true),
};

/**
 * One element of a block. `surface`: {form, dispatch(block, element, payload)}; `field` (of an input block):
 * {label, required, invalid, describedBy}.
 */
export function element(one, block, surface, field = {}) {
  const make = ELEMENTS[one.type];
  if (!make) return h("span", { class: "unsupported" }, `This page cannot show “${one.type}”.`);
  return make(one, contextOf(one, block, surface, field));
}

function contextOf(one, block, surface, field) {
  const sends = block.type !== "input" || block.dispatch_action;
  const set = (state) => surface.form.set(block, one, state);
  const dispatch = async (payload, ask, node = null) => {
    if (await confirmed(ask)) await busy(node, () => surface.dispatch(block, one, payload));
  };
  return {
    ...field,
    block,
    sends,
    focusKey: `${block.block_id}/${one.action_id}`,
    value: () => surface.form.get(block, one),
    set,
    dispatch,
    dispatches: (element, when) =>
      sends && (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(when),
    change: (state) => {
      set(state);
      if (sends) dispatch(state, one.confirm);
    },
    settle: () => sends && dispatch(surface.form.get(block, one), one.confirm),
  };
}

/** Shows that a click is on its way, and takes no second one meanwhile. */
async function busy(node, work) {
  if (node?.getAttribute("aria-busy") === "true") return;
  node?.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    node?.removeAttribute("aria-busy");
  }
}

function button(one, context) {
  const style = one.style ? `button ${one.style}` : "button";
  const common = {
    class: style,
    "data-action": one.action_id ?? null,
    "data-focus": context.focusKey,
    "aria-label": one.accessibility_label ?? null,
  };
  const href = one.url && safeHref(one.url);
  if (href)
    return h(
      "a",
      {
        ...common,
        href,
        target: "_blank",
        rel: "noopener noreferrer",
        onclick: () => context.dispatch({ value: one.value }),
      },
      plainText(one.text.text),
    );
  const node = h(
    "button",
    { ...common, type: "button", onclick: () => context.dispatch({ value: one.value }, one.confirm, node) },
    plainText(one.text.text),
  );
  return node;
}

function overflow(one, context) {
  const items = () =>
    one.options.map((option) => ({
      label: plainText(option.text.text),
      detail: option.description && wordsOf(option.description),
      href: option.url && safeHref(option.url),
      onselect: () => context.dispatch({ selected_option: option }, one.confirm, node),
    }));
  const node = h(
    "button",
    {
      class: "button overflow",
      type: "button",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-action": one.action_id,
      "data-focus": context.focusKey,
      onclick: () => openMenu(node, items(), { label: "More actions", align: "end" }),
    },
    icon("dots"),
  );
  return node;
}

export function image(one) {
  const src =
    (one.slack_file?.id && `/files/${encodeURIComponent(one.slack_file.id)}/image`) ||
    safeHref(one.image_url ?? one.slack_file?.url ?? "") ||
    (one.image_url?.startsWith("data:image/") ? one.image_url : null);
  return src && h("img", { class: "block-img", src, alt: one.alt_text ?? "", loading: "lazy" });
}

// --- choosing from a list

const optionOf = (group) => (option) => ({
  key: option.value,
  label: wordsOf(option.text),
  detail: option.description && wordsOf(option.description),
  group,
  raw: option,
});

function optionsOf(one) {
  if (one.option_groups) return one.option_groups.flatMap((group) => group.options.map(optionOf(wordsOf(group.label))));
  return (one.options ?? []).map(optionOf(null));
}

const people = () =>
  store.state.users
    .filter((user) => !user.deleted && !user.bot)
    .map((user) => ({
      key: user.id,
      label: user.real_name || user.name,
      detail: `@${user.name}`,
      lead: () => avatar(user.id, "xs"),
      raw: user.id,
    }));

const places = () =>
  store.state.channels
    .filter((one) => !one.archived)
    .map((one) => ({
      key: one.id,
      label: titleOf(one),
      raw: one.id,
      lead: () => (one.kind === "dm" ? avatar(peerOf(one), "xs") : icon(one.kind === "private" ? "lock" : "hash", 14)),
    }));

function chooser(one, context, options, key, multiple) {
  const keyOf = (raw) => (typeof raw === "string" ? raw : raw.value);
  const now = context.value()[key];
  const byKey = new Map(options.map((option) => [option.key, option.raw]));
  return select({
    options,
    multiple,
    clearable: context.block.type === "input" && context.block.optional,
    selected: (multiple ? (now ?? []) : now ? [now] : []).map(keyOf),
    label: context.label ?? (wordsOf(one.placeholder) || "Choose"),
    placeholder: wordsOf(one.placeholder),
    onsettle: context.settle,
    onchange: (keys) =>
      context.set({ [key]: multiple ? keys.map((one) => byKey.get(one)) : (byKey.get(keys[0]) ?? null) }),
    attributes: {
      "data-focus": context.focusKey,
      "aria-invalid": context.invalid ? "true" : null,
      "aria-describedby": context.describedBy ?? null,
      "aria-required": context.required ? "true" : null,
    },
  });
}
