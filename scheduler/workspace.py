"""What is known of the workspace: who we are in it, its people, what the configuration's names lead to.

Slack is asked by a task, never inside a change; the answers are kept, so that nothing waits for Slack after a restart.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.outside.people import person_of
from bot.outside.slack import Problem, Slack
from bot.rules import permissions
from bot.rules.incident import PersonId, Post
from bot.rules.moment import Person
from bot.rules.policy import Policy
from scheduler import rosters
from store import directory, usergroups
from store.database import Store
from store.rosters import keep_told

REFRESH = 3600.0
"""Seconds between two looks at the whole workspace."""

PAUSE = 30.0
"""Seconds at least from one look to the next where what is asked for can wait: a storm of changes is one look."""

MICROSECONDS = 1_000_000
PAGE = "200"
log = logging.getLogger(__name__)


async def _nobody_listens() -> None:
    return None


class Workspace:
    """Asks Slack who and what there is, and keeps the answers."""

    def __init__(self, slack: Slack, store: Store, policy: Policy, *, patience: float = 15.0) -> None:
        self._slack = slack
        self._store = store
        self._policy = policy
        self.patience = patience
        """Seconds at most between two tries while Slack does not answer, or a name leads nowhere."""
        self.identity: Mapping[str, Any] = {}
        """The answer to auth.test; empty until there was one."""
        self.ready = asyncio.Event()
        """Set once people and places have been read since the start."""
        self.missing: tuple[str, ...] = ()
        """Channels that the configuration names and Slack does not show us."""
        self.looked: Callable[[], Awaitable[None]] = _nobody_listens
        """Called after each look at the whole workspace: who is on call may be known by another id now."""
        self.pause = PAUSE
        """Seconds at least from the beginning of one look to that of the next, for `look_soon`."""
        self._unknown: frozenset[str] = frozenset()
        self._wake = asyncio.Event()
        self._is_urgent = False
        self._wanted_at: float | None = None
        """When a look was wanted last that can wait, by the loop's clock; None where none is."""

    @property
    def bot_user(self) -> str:
        """Our own user id, or nothing while it is not known."""
        return str(self.identity.get("user_id", ""))

    @property
    def team(self) -> str:
        """The workspace's id, or nothing while it is not known."""
        return str(self.identity.get("team_id", ""))

    def permalink(self, post: Post) -> str:
        """The address of a message. Raises Problem, which passes, while the workspace's own address is not known."""
        if not self.identity:
            raise Problem("the workspace is not known yet", retry_after=1)
        return f"{self.identity['url']}archives/{post.channel}/p{post.ts.replace('.', '')}"

    async def recall(self) -> None:
        """What was kept by an earlier run."""
        async with self._store.read() as connection:
            self.identity = await directory.workspace(connection, "auth") or {}

    async def run(self) -> None:
        """Works until it is cancelled: who we are first, then people and places, again each hour and when asked."""
        tries = 0
        while True:
            self._wake.clear()
            self._is_urgent, self._wanted_at = False, None  # what is asked for from now on wants another look
            try:
                await self._look()
                wait, tries = REFRESH, 0
            except Problem as problem:
                wait = problem.retry_after or min(self.patience, 2.0**tries)
                tries = min(tries + 1, 10)
                log.warning("Slack does not tell of its workspace: %s; asked again in %gs", problem.code, wait)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    while not await self._is_time():
                        pass

    def look_again(self) -> None:
        """Somebody waits for what a look would tell."""
        self._is_urgent = True
        self._wake.set()

    def look_soon(self) -> None:
        """Something in the workspace has changed: it is looked at with all else that changes meanwhile."""
        if self._wanted_at is None:
            self._wake.set()
        self._wanted_at = asyncio.get_running_loop().time()

    async def _is_time(self) -> bool:
        """Once a look is wanted: whether it may begin; where it has to wait, after that.

        Of several programs over one database one looks, and the others know what it found.
        """
        await self._wake.wait()
        if self._is_urgent:
            return True
        self._wake.clear()
        wanted_at = self._wanted_at or 0.0
        ago, pause = (int(each * MICROSECONDS) for each in (asyncio.get_running_loop().time() - wanted_at, self.pause))

        def may_look(connection: Connection) -> int | None:
            now = self._store.machine_now(connection)
            return directory.may_look(connection, now, now - ago, pause)

        left = await self._store.write(may_look)
        if left is None and self._wanted_at == wanted_at:
            self._wanted_at = None
        elif left != 0:
            await self._slept((left or 0) / MICROSECONDS)
            self._wake.set()
        return left == 0

    async def _slept(self, seconds: float) -> None:
        """So long, or until somebody waits for a look."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _look(self) -> None:
        await self._store.write(lambda c: directory.begin_look(c, self._store.machine_now(c)))
        answer = await self._slack.call("auth.test")
        self.identity = {name: answer.get(name) for name in ("url", "team", "team_id", "user_id", "bot_id")}
        await self._store.write(lambda c: directory.keep_workspace(c, "auth", dict(self.identity)))
        channels = await self._named_channels()
        await self._store.write(lambda c: directory.save_places(c, "channel", channels))
        groups = await self._groups()
        await self._store.write(lambda c: directory.save_places(c, "group", groups))
        members = await self._members(groups)
        await self._store.write(lambda c: usergroups.save(c, members))
        users = await self._all("users.list", "members")
        await self._keep_people(users)
        await self._keep_roster(users)
        await self.looked()
        self.ready.set()

    async def _keep_roster(self, users: Sequence[Mapping[str, Any]]) -> None:
        """Whom the configured people are in Slack; of who is nobody there the log tells once."""
        configured = self._policy.people
        found = await rosters.people(self._patiently, configured, users)
        await self._store.write(lambda c: keep_told(c, self._policy, found))
        missing = rosters.unknown(configured, found, users)
        rosters.warn(missing - self._unknown)
        self._unknown = missing

    async def _keep_people(self, told: Iterable[Mapping[str, Any]]) -> None:
        """Each as of their own workspace: shared channels bring others among ours."""
        people: dict[str, list[Person]] = {}
        for user in told:
            people.setdefault(str(user.get("team_id") or self.team), []).append(person_of(user))

        def work(connection: Connection) -> None:
            for team in sorted(people):
                directory.save_people(connection, team, people[team])

        await self._store.write(work)

    async def _named_channels(self) -> dict[str, str]:
        """The configured channels by name; those that are not there are remembered as missing."""
        names = {name.removeprefix("#") for name in self._policy.places if name.startswith("#")}
        types = "public_channel,private_channel"
        seen = await self._all("conversations.list", "channels", types=types, exclude_archived="true") if names else []
        found = {channel["name"]: channel["id"] for channel in seen if channel["name"] in names}
        self.missing = tuple(f"#{name}" for name in sorted(names - set(found)))
        if self.missing:
            log.warning("There is no channel %s that I can see: what is said there waits", ", ".join(self.missing))
        return found

    async def _groups(self) -> dict[str, str]:
        if not self._names_groups():
            return {}
        try:
            answer = await self._slack.ask("usergroups.list")
        except Problem as problem:
            if not problem.permanent:
                raise
            log.warning("User groups cannot be read (%s): none is mentioned, and none invited", problem.code)
            return {}
        return {group["handle"]: group["id"] for group in answer.get("usergroups", [])}

    async def _members(self, groups: Mapping[str, str]) -> dict[str, list[PersonId]]:
        """Who is in the groups that permissions and on-call name, by the group's id; what Slack does not tell is
        left out."""
        asked = (*permissions.groups(self._policy), *rosters.groups(self._policy))
        named = {groups.get(name.removeprefix("@"), name) for name in asked}
        found: dict[str, list[PersonId]] = {}
        for group in sorted(each for each in named if not each.startswith("@")):
            try:
                found[group] = (await self._patiently("usergroups.users.list", usergroup=group)).get("users", [])
            except Problem as problem:
                if not problem.permanent:
                    raise
                log.warning("Who is in the user group %s cannot be read (%s): nobody counts", group, problem.code)
        return found

    def _names_groups(self) -> bool:
        """Whether the configuration names any, or what may be one."""
        teams, levels = self._policy.teams, self._policy.severities
        invited = (name for names in (*(t.invite for t in teams), *(s.invite for s in levels)) for name in names)
        named = (*invited, *permissions.groups(self._policy), *rosters.groups(self._policy))
        return any(team.group for team in teams) or any(name.startswith("@") for name in named)

    async def _all(self, method: str, key: str, **args: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = await self._patiently(method, limit=PAGE, cursor=cursor, **args)
            found.extend(page.get(key, []))
            cursor = page.get("response_metadata", {}).get("next_cursor") or None
            if cursor is None:
                return found

    async def _patiently(self, method: str, **args: Any) -> Mapping[str, Any]:
        """What Slack answers once it has time: a large workspace has more than it gives at once."""
        while True:
            try:
                return await self._slack.ask(method, **args)
            except Problem as problem:
                if problem.retry_after is None:
                    raise
                await asyncio.sleep(problem.retry_after)

    async def channel(self, name: str) -> str | None:
        """The id behind a configured channel: an id as it is, a name as it was last found, or None."""
        if not name.startswith("#"):
            return name
        async with self._store.read() as connection:
            found = await directory.place(connection, "channel", name.lstrip("#"))
        if found is None:
            self.look_soon()
        return found

    async def person(self, who: PersonId) -> Person | None:
        """What Slack last told about somebody."""
        async with self._store.read() as connection:
            return await directory.person(connection, who)
