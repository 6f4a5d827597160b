// What has been typed and chosen in a set of blocks, in the shape of Slack's view.state.values.

/** Kept apart from the nodes, so that a redrawn modal loses nothing that was typed. */
export function createForm() {
  const values = new Map();
  const key = (block, element) => JSON.stringify([block.block_id, element.action_id]);
  return {
    /** The state of an element: what was chosen, or what it starts with. */
    get(block, element) {
      const held = values.get(key(block, element));
      return held?.type === element.type ? held : initial(element);
    },
    set(block, element, state) {
      values.set(key(block, element), { type: element.type, ...state });
    },
    /** Forgets what these blocks have no field for any more. */
    keep(blocks) {
      const there = new Set([...stateful(blocks)].map(([block, element]) => key(block, element)));
      for (const held of values.keys()) if (!there.has(held)) values.delete(held);
    },
    /** {block_id: {action_id: state}} for all stateful elements of `blocks`. */
    state(blocks) {
      const out = {};
      for (const [block, element] of stateful(blocks))
        (out[block.block_id] ??= {})[element.action_id] = this.get(block, element);
      return out;
    },
  };
}

const START = {
  plain_text_input: (one) => ({ value: one.initial_value ?? null }),
  email_text_input: (one) => ({ value: one.initial_value ?? null }),
  url_text_input: (one) => ({ value: one.initial_value ?? null }),
  number_input: (one) => ({ value: one.initial_value ?? null }),
  static_select: (one) => ({ selected_option: one.initial_option ?? null }),
  multi_static_select: (one) => ({ selected_options: one.initial_options ?? [] }),
  users_select: (one) => ({ selected_user: one.initial_user ?? null }),
  multi_users_select: (one) => ({ selected_users: one.initial_users ?? [] }),
  channels_select: (one) => ({ selected_channel: one.initial_channel ?? null }),
  multi_channels_select: (one) => ({ selected_channels: one.initial_channels ?? [] }),
  conversations_select: (one) => ({ selected_conversation: one.initial_conversation ?? null }),
  multi_conversations_select: (one) => ({ selected_conversations: one.initial_conversations ?? [] }),
  datepicker: (one) => ({ selected_date: one.initial_date ?? null }),
  timepicker: (one) => ({ selected_time: one.initial_time ?? null }),
  datetimepicker: (one) => ({ selected_date_time: one.initial_date_time ?? null }),
  checkboxes: (one) => ({ selected_options: one.initial_options ?? [] }),
  radio_buttons: (one) => ({ selected_option: one.initial_option ?? null }),
};

const initial = (element) => ({ type: element.type, ...START[element.type]?.(element) });

function* stateful(blocks) {
  for (const block of blocks ?? []) {
    for (const element of [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])]) {
      if (element && START[element.type]) yield [block, element];
    }
  }
}
