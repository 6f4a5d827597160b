// Block Kit's blocks as nodes: of a message, a modal, or the App Home.
import { freshId, h } from "./dom.js";
import { element, image } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plainText, textObject, wordsOf } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const BLOCKS = {
  header: (block) => h("h3", { class: "block-header" }, plainText(block.text.text)),
  section,
  context: (block) =>
    h(
      "div",
      { class: "block-context" },
      block.elements.map((one) => (one.type === "image" ? image(one) : h("span", {}, textObject(one)))),
    ),
  actions: (block, surface) =>
    h(
      "div",
      { class: "block-actions" },
      block.elements.map((one) => element(one, block, surface)),
    ),
  divider: () => h("hr", { class: "block-divider" }),
  image: (block) =>
    h("figure", { class: "block-image" }, block.title && h("figcaption", {}, textObject(block.title)), image(block)),
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  input,
};

/** surface: {form, dispatch, errors?: {block_id or label: sentence}} */
export function renderBlocks(blocks, surface) {
  return (blocks ?? []).map((block) => {
    const node =
      BLOCKS[block.type]?.(block, surface) ??
      h("div", { class: "unsupported" }, `This page cannot show a block of type “${block.type}”.`);
    node.classList.add("block");
    if (block.block_id) node.dataset.block = block.block_id;
    return node;
  });
}

function section(block, surface) {
  const text = block.text && h("div", { class: "block-text" }, textObject(block.text));
  const fields =
    block.fields &&
    h(
      "div",
      { class: "block-fields" },
      block.fields.map((one) => h("div", {}, textObject(one))),
    );
  const beside =
    block.accessory &&
    h("div", { class: `block-accessory of-${block.accessory.type}` }, element(block.accessory, block, surface));
  return h("div", { class: "block-section" }, h("div", { class: "block-main" }, text, fields), beside);
}

function input(block, surface) {
  const label = wordsOf(block.label);
  const problem = surface.errors?.[block.block_id] ?? surface.errors?.[label];
  const errorId = freshId("error");
  const hintId = freshId("hint");
  const field = {
    label,
    required: !block.optional,
    invalid: Boolean(problem),
    describedBy: [problem && errorId, block.hint && hintId].filter(Boolean).join(" ") || null,
  };
  return h(
    "div",
    { class: problem ? "block-input wrong" : "block-input" },
    h(
      "div",
      {
        class: "label",
        "aria-hidden": "true",
        onclick: (event) => event.currentTarget.parentNode.querySelector("input, textarea")?.focus(),
      },
      textObject(block.label),
      block.optional && h("span", { class: "optional" }, " (optional)"),
    ),
    element(block.element, block, surface, field),
    problem && h("div", { class: "field-error", id: errorId, role: "alert" }, problem),
    block.hint &&
      h(
        "div",
        { class: "field-hint", id: hintId },
        block.hint.type === "mrkdwn" ? mrkdwn(block.hint.text) : textObject(block.hint),
      ),
  );
}
