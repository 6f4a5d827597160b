// The fields one types or ticks: text, numbers, dates and times, checkboxes, radio buttons.
import { freshId, h } from "./dom.js";
import { textObject, wordsOf } from "./mrkdwn.js";
import { dayOf, secondsFrom, timeOf } from "./time.js";

const named = (element, context) => ({
  "aria-label": context.label ?? wordsOf(element.placeholder) ?? null,
  "aria-describedby": context.describedBy ?? null,
  "aria-invalid": context.invalid ? "true" : null,
  "aria-required": context.required ? "true" : null,
  "data-focus": context.focusKey,
});

function typed(element, context, extra = {}) {
  const { value } = context.value();
  const field = h(element.multiline ? "textarea" : "input", {
    class: "field",
    placeholder: wordsOf(element.placeholder) || null,
    maxlength: element.max_length ?? null,
    rows: element.multiline ? "3" : null,
    autocomplete: "off",
    ...extra,
    ...named(element, context),
    value: value ?? "",
    oninput: () => context.set({ value: field.value === "" ? null : field.value }),
    onkeydown: (event) => {
      const enters = event.key === "Enter" && !element.multiline && context.dispatches(element, "on_enter_pressed");
      if (enters) context.change({ value: field.value });
    },
  });
  return field;
}

export const plainTextInput = (element, context) => typed(element, context, element.multiline ? {} : { type: "text" });
export const emailInput = (element, context) => typed(element, context, { type: "email" });
export const urlInput = (element, context) => typed(element, context, { type: "url" });
export const numberInput = (element, context) =>
  typed(element, context, {
    type: "number",
    step: element.is_decimal_allowed ? "any" : "1",
    min: element.min_value ?? null,
    max: element.max_value ?? null,
  });

function picker(type, key) {
  return (element, context) => {
    const field = h("input", {
      class: `field field-${type}`,
      type,
      ...named(element, context),
      value: context.value()[key] ?? "",
      onchange: () => context.change({ [key]: field.value || null }),
    });
    return field;
  };
}

export const datePicker = picker("date", "selected_date");
export const timePicker = picker("time", "selected_time");

/** A day and a time in the person's own zone; the value is in seconds since 1970. */
export function dateTimePicker(element, context) {
  const seconds = context.value().selected_date_time;
  const start = seconds === null ? null : new Date(seconds * 1000);
  const report = () => context.change({ selected_date_time: secondsFrom(day.value, time.value) });
  const names = named(element, context);
  const day = h("input", {
    class: "field field-date",
    type: "date",
    ...names,
    "aria-label": `${names["aria-label"]}: date`,
    value: start ? dayOf(start) : "",
    onchange: report,
  });
  const time = h("input", {
    class: "field field-time",
    type: "time",
    ...names,
    "aria-label": `${names["aria-label"]}: time`,
    "data-focus": `${context.focusKey} time`,
    value: start ? timeOf(start) : "",
    onchange: report,
  });
  return h("div", { class: "pair" }, day, time);
}

function choices(element, context, type, isOn, take) {
  const group = freshId("choice");
  return h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      ...named(element, context),
      "data-focus": null,
    },
    element.options.map((option, at) =>
      h(
        "label",
        { class: "choice" },
        h("input", {
          type,
          name: group,
          checked: isOn(option),
          "data-focus": `${context.focusKey} ${at}`,
          onchange: (event) => take(option, event.target.checked),
        }),
        h(
          "span",
          { class: "menu-words" },
          h("span", {}, textObject(option.text)),
          option.description && h("span", { class: "menu-detail" }, textObject(option.description)),
        ),
      ),
    ),
  );
}

export function checkboxes(element, context) {
  const chosen = () => context.value().selected_options ?? [];
  const has = (option) => chosen().some((one) => one.value === option.value);
  return choices(element, context, "checkbox", has, (option, on) =>
    context.change({
      selected_options: on ? [...chosen(), option] : chosen().filter((one) => one.value !== option.value),
    }),
  );
}

export function radioButtons(element, context) {
  return choices(
    element,
    context,
    "radio",
    (option) => context.value().selected_option?.value === option.value,
    (option) => context.change({ selected_option: option }),
  );
}
