"""Modals that ask for nothing, or only which incident is meant."""

from collections.abc import Sequence

from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views import acts
from bot.views.blocks import Block, actions, button, option, section
from bot.views.fields import MOST_CHOICES, field, radios
from bot.views.labels import plainly, status_label
from bot.views.modals.frame import View, about, modal
from bot.views.replies.plain import shown
from bot.views.text import plain_line

LABEL = 75


def waiting(title: str) -> View:
    """What is shown until the rest is known."""
    return modal("incident:waiting", plain_line(title), None, [section("One moment…")])


def sentence(title: str, text: str) -> View:
    """A refusal or a finished answer: a rule's sentence, escaped here."""
    return modal("incident:sentence", plain_line(title), None, [section(shown(text))])


def answer(title: str, blocks: Sequence[Block]) -> View:
    """A finished reply, in a modal."""
    return modal("incident:sentence", plain_line(title), None, blocks)


def picker(
    door: str, incidents: Sequence[Incident], policy: Policy, *, channel: str | None = None, **carried: str | None
) -> View:
    """Which incident? Then goes on to `door` with what is `carried` along: words typed, a message's link."""
    if not incidents:
        text = f"No incident is open. `{policy.command} declare sev1 what is wrong` declares one."
        return modal("incident:sentence", "Which incident?", None, [section(text)])
    options = [option(plainly(each, LABEL), str(each.number), status_label(each.status.value)) for each in incidents]
    others = f"The first {MOST_CHOICES}. For another one type its number, as in INC-12."
    hint = others if len(options) > MOST_CHOICES else ""
    chosen = str(incidents[0].number) if len(incidents) == 1 else None
    blocks = [field("incident", "Incident", radios(options, chosen), hint=hint)]
    return modal(
        "incident:pick", "Which incident?", "Go on", blocks, channel=channel, carried={"door": door, **carried}
    )


def more(incident: Incident, policy: Policy, *, channel: str | None = None) -> View:
    """The acts that the ⋯ menu had no place for."""
    rest = acts.behind_more(incident, policy) or acts.on_menu(incident, policy)
    buttons = [button(act.label, act.door, incident.number) for act in rest]
    blocks = [about(incident, policy), actions(*buttons)]
    return modal("incident:more", "More", None, blocks, number=incident.number, channel=channel)
