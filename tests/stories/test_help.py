"""Help: every verb is in it, one at a time on request; an unknown word gets the nearest one."""

import pytest

from handlers.verbs import VERBS
from tests.stories.kit import Person, Story
from tests.stories.opening import opened


@pytest.mark.parametrize("line", ["help", "", "?"])
async def test_every_verb_is_in_it(story: Story, ada: Person, line: str) -> None:
    await ada.types(f"/incident {line}")
    told = ada.is_told("What you can type")
    for verb in VERBS:
        told.says(f"`{verb.usage}`", verb.help, *verb.aliases)


async def test_one_verb_alone(story: Story, ada: Person) -> None:
    for asked in ("snooze", "resolve", "close"):
        await ada.types(f"/incident help {asked}")
        verb = "snooze <30m>" if asked == "snooze" else "resolve [what fixed it]"
        ada.is_told(f"`/incident {verb}`").says_not("declare [")


async def test_an_unknown_word_gets_the_nearest_and_the_help(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    for typed, nearest in {"aknowledge": "ack", "reslove it is over": "resolve", "updte": "update"}.items():
        await ada.types(f"/incident {typed}", it.room)
        word = typed.split()[0]
        told = ada.is_told(f"I do not know “{word}”", "Nothing was changed", where=it.room)
        told.says(f"Did you mean `/incident {nearest}`?", "`declare [")
    it.room.expects_nothing()


async def test_a_word_like_no_other_gets_the_help_alone(story: Story, ada: Person) -> None:
    await ada.types("/incident xyzzy")
    ada.is_told("I do not know “xyzzy”", "`declare [").says_not("Did you mean")
    await ada.types("/incident help <b>")
    ada.is_told("I do not know “<b>”")


async def test_by_a_mention(story: Story, ada: Person) -> None:
    await ada.types("@tocsin", "#incidents")
    ada.is_told("What you can type", where="#incidents")
    await ada.types("@tocsin aknowledge", "#incidents")
    ada.is_told("I do not know “aknowledge”", "ack", where="#incidents")
