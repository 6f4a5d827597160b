"""Which incident an alert belongs to."""

from collections.abc import Sequence

from bot.rules.alerts.group import Group
from bot.rules.incident import Incident
from bot.views.blocks import option
from bot.views.fields import field, select
from bot.views.labels import plainly, status_label
from bot.views.modals.frame import View, modal
from bot.views.modals.plain import LABEL, sentence
from bot.views.text import plain_line

DOOR = "incident:alert_merge"


def merge_alert(group: Group, open_ones: Sequence[Incident]) -> View:
    """The open incidents that it may go into."""
    if not open_ones:
        return sentence("Merge", "There is no open incident that this can go into.")
    options = [option(plainly(each, LABEL), str(each.number), status_label(each.status.value)) for each in open_ones]
    label = f"{plain_line(group.title, 120)} belongs to"
    initial = str(open_ones[0].number) if len(open_ones) == 1 else None
    blocks = [field("into", label, select(options, initial))]
    return modal(DOOR, "Merge", "Merge", blocks, carried={"alert": group.subject})
