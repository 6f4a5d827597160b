"""What people were told of what they typed, held against what is kept: neither may know of something else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.count import Counted
from tests.faults.ground import rows
from tests.processes.place import Place
from tests.processes.running import until
from tests.processes.workspace import Json

SLACKS_LIMIT = 3.0
SORRY = "Sorry, I could not do that."
FORESEEN = "Nothing was changed"


@dataclass
class Asking:
    """Ada declares in #general, and reads what only she is shown there."""

    place: Place
    answers: dict[str, Json] = field(default_factory=dict)
    """How each title was acknowledged."""

    async def declares(self, titles: Sequence[str]) -> None:
        """All of them in one moment."""

        async def one(title: str) -> None:
            words = f"declare sev1 {title}"
            self.answers[title] = await self.place.slack.act("ada", "command", channel="general", text=words)

        await asyncio.gather(*(one(title) for title in titles))

    async def told(self) -> list[str]:
        """Every answer so far; that it takes longer is none."""
        general = (await self.place.slack.channels())["general"]["id"]
        said = [each.words for each in await self.place.slack.read(general) if each.private_to]
        return [each for each in said if "Still working on it" not in each]

    async def all_are_told(self) -> None:
        """Waits until there is an answer for each that was acknowledged."""

        async def look() -> bool:
            wanted = sum(answer["ok"] for answer in self.answers.values())
            return len(await self.told()) >= wanted

        await until(look, "an answer for everybody")

    @property
    def acknowledged(self) -> list[str]:
        """The titles that Slack got an answer for."""
        return [title for title, answer in self.answers.items() if answer["ok"]]

    @property
    def worst(self) -> float:
        """Seconds of the slowest acknowledgement."""
        return max(answer.get("milliseconds", 0.0) for answer in self.answers.values()) / 1000

    async def judged(self) -> Counted:
        """Who was told so has an incident, once; who was told an error has none; everybody was told."""
        told, kept = await self.told(), [title for [title] in await rows(self.place, "SELECT title FROM incidents")]
        confirmed = {title for title in self.answers if any(title in each for each in told)}
        refused = [each for each in told if SORRY in each]
        lost = [f"{title}: Slack got no answer" for title in self.answers if title not in self.acknowledged]
        lost += [f"{title}: told that it is declared, and it is not" for title in confirmed if title not in kept]
        lost += [f"{title}: declared, and nobody was told so" for title in kept if title not in confirmed]
        lost += [f"unclear: {each}" for each in refused if FORESEEN not in each]
        silent = len(self.acknowledged) - len(confirmed) - len(refused)
        lost += [f"{silent} declares were answered with something else"] if silent else []
        return Counted(tuple(lost), ())
