"""The sandbox: a Slack workspace on this machine, strict as Slack is."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict, Unpack

from aiohttp import ClientSession

from bot.sandbox.acts import Acts
from bot.sandbox.delivery import Delivery
from bot.sandbox.dials import Dials
from bot.sandbox.doings import Doings
from bot.sandbox.hints import Hints
from bot.sandbox.http_delivery import HttpCarrier
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.modal_acts import ModalActs
from bot.sandbox.outside import Outside
from bot.sandbox.people import People
from bot.sandbox.records import Call, Clock, User
from bot.sandbox.responses import Responses
from bot.sandbox.server import Server
from bot.sandbox.sights import Offer, Sights
from bot.sandbox.socket_mode import Disturbance, SocketCarrier
from bot.sandbox.workspace import Identity, Workspace


class Naming(TypedDict, total=False):
    """Who the workspace and its app are; what is left out is given, tokens at random.

    `scopes` and `events` are what the app's manifest asks for; without them everything is granted and subscribed.
    `home_tab` is whether its manifest enables the App Home.
    """

    team_id: str
    team_domain: str
    bot_name: str
    command: str
    scopes: Collection[str] | None
    events: Collection[str] | None
    home_tab: bool
    bot_token: str | None
    app_token: str | None
    signing_secret: str | None


def identity(naming: Naming) -> Identity:
    """The identity that was asked for, completed."""
    scopes, events = naming.get("scopes"), naming.get("events")
    return Identity(
        team_id=naming.get("team_id", "T0001"),
        domain=naming.get("team_domain", "tocsin-demo"),
        bot_name=naming.get("bot_name", "Tocsin"),
        command=naming.get("command", "/incident"),
        bot_token=naming.get("bot_token") or f"xoxb-{secrets.token_hex(12)}",
        app_token=naming.get("app_token") or f"xapp-{secrets.token_hex(12)}",
        signing_secret=naming.get("signing_secret") or secrets.token_hex(16),
        scopes=None if scopes is None else frozenset(scopes),
        events=None if events is None else frozenset(events),
        home_tab=naming.get("home_tab", True),
    )


class Sandbox(Doings):
    """A Slack workspace: people act in it, an app is connected to it, tests watch and disturb it.

    Times that people see come from `clock`; triggers, limits and time-outs go by machine time. `completions` (verb,
    usage, help) and `shortcuts` (callback_id, name, type) are what the page offers; `hints` leads newcomers.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        completions: Sequence[Mapping[str, str]] = (),
        shortcuts: Sequence[Mapping[str, str]] = (),
        hints: bool = False,
        **naming: Unpack[Naming],
    ) -> None:
        self.ws = Workspace(identity(naming), clock)
        self.sockets = SocketCarrier(self.ws)
        self.delivery = Delivery(self.ws, self.sockets)
        self.responses = Responses(self.ws)
        self.acts = Acts(self.ws, self.delivery, self.responses, {(s["callback_id"], s["type"]) for s in shortcuts})
        self.modals = ModalActs(self.ws, self.acts)
        self.people = People(self.ws)
        offer = Offer(tuple(completions), tuple(shortcuts))
        self.outside = Outside(self.ws)
        self.sights = Sights(self.ws, offer, self.outside, Hints(self.ws) if hints else None)
        self.server = Server(self)
        self.ws.emit = self.delivery.tell
        self.ws.connect = self.sockets.ticket
        self.mailbox = Mailbox(self.outside.mailed)
        self.smtp_url = ""
        self._session: ClientSession | None = None
        self._events_urls: tuple[str, ...] = ()
        who = self.ws.who
        self.people.add_user(User(who.bot_user, who.bot_name.lower(), who.bot_name, tz="UTC", bot=True))

    # Starting and stopping

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one."""
        self.ws.url = await self.server.start(host, port)
        self.smtp_url = await self.mailbox.start()
        self._session = self.outside.session = ClientSession()
        if self._events_urls:
            self.deliver_over_http(*self._events_urls)

    async def stop(self) -> None:
        """Give up what is on its way, end all connections, stop listening."""
        await self.delivery.stop()
        await self.sockets.disturb("drop")
        if self._session is not None:
            await self._session.close()
        await self.mailbox.stop()
        await self.server.stop()

    def deliver_over_http(self, *events_urls: str) -> None:
        """Hand acts and events to the app by signed requests to these URLs in turn, instead of Socket Mode."""
        self._events_urls = events_urls
        if self._session is not None:
            self.delivery.carrier = HttpCarrier(events_urls, self.signing_secret, self._session)

    async def disturb_sockets(self, how: Disturbance) -> int:
        """Drop, cut or deafen the app's connections, or ask it to reconnect. Returns how many there were."""
        return await self.sockets.disturb(how)

    async def connected(self, more_than: int = 0) -> int:
        """Wait until the app has connected more than so many times. Returns how many times it has."""
        return await self.sockets.connected(more_than)

    async def quiet(self) -> None:
        """Wait until nothing is on its way to the app."""
        await self.delivery.quiet()

    # What an app and a test need to know

    def alerts_go_to(self, url: str) -> None:
        """Where the app takes alerts; the page can then post one."""
        self.outside.alerts_url = url

    @property
    def url(self) -> str:
        """Where the page is; without a slash at the end."""
        return self.ws.url

    @property
    def api_url(self) -> str:
        """Where the Web API is; with a slash at the end."""
        return f"{self.ws.url}/api/"

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self.ws.who.team_id

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.ws.who.bot_token

    @property
    def app_token(self) -> str:
        """The token that opens Socket Mode."""
        return self.ws.who.app_token

    @property
    def signing_secret(self) -> str:
        """What requests to the app are signed with."""
        return self.ws.who.signing_secret

    @property
    def bot_user(self) -> str:
        """The bot as a user."""
        return self.ws.who.bot_user

    @property
    def bot_id(self) -> str:
        """The bot as an author."""
        return self.ws.who.bot_id

    @property
    def dials(self) -> Dials:
        """Latency, limits and faults."""
        return self.ws.dials

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API so far, refused ones too."""
        return self.server.api.calls
