// What is outside of Slack: alerts that come in, and what was sent by other ways than a message.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { act } from "./live.js";
import { openMenu } from "./menu.js";
import { store } from "./store.js";
import { timeOf } from "./time.js";
import { toast } from "./toast.js";

const SHOWN = 6;
const LONGEST = 140;
const WAYS = { ntfy: "Push", call: "Phone call", text: "Text message", mail: "Mail", webhook: "Webhook" };

let seen = 0; // how many notices there were when the menu was opened last

export function outsideTool() {
  const { alerts, notices } = store.state.outside;
  if (!alerts && !notices.length) return null;
  const fresh = Math.max(notices.length - seen, 0);
  const button = h(
    "button",
    {
      type: "button",
      class: "side-tool",
      "aria-label": `Outside of Slack: alerts, ${notices.length} sent`,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": "outside",
      onclick: () => {
        seen = notices.length;
        button.querySelector(".badge")?.remove();
        openMenu(button, items(), { label: "Outside of Slack" });
      },
    },
    icon("out", 16),
    "Outside",
    fresh > 0 && h("span", { class: "badge" }, String(fresh)),
  );
  return button;
}

function items() {
  const { alerts, notices } = store.state.outside;
  return [
    ...(alerts ? [{ title: "Alerts" }, alert("Post an alert", false), alert("Say it is over", true)] : []),
    { title: notices.length ? "Sent outside of Slack" : "Nothing was sent outside of Slack yet" },
    ...notices.slice(0, SHOWN).map((one) => ({
      label: [WAYS[one.way] ?? one.way, one.to && `to ${one.to}`, `· ${timeOf(new Date(one.at))}`].filter(Boolean).join(" "),
      detail: shortened(one),
      lead: icon(one.link ? "link" : "bell", 16),
      href: /^https?:\/\//.test(one.link) ? one.link : undefined,
    })),
  ];
}

/** What it says, without the address that the entry itself leads to. */
function shortened({ text, link }) {
  const said = link ? text.replaceAll(link, "").replace(/Acknowledge:\s*/, "") : text;
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

const alert = (label, resolved) => ({
  label,
  detail: "CheckoutErrors, critical, as Alertmanager sends it",
  lead: icon("bolt", 16),
  onselect: async () => {
    const said = await act("alert", { resolved });
    if (said.ok) toast(resolved ? "The alert is over." : "The alert was sent.", { kind: "note" });
  },
});
