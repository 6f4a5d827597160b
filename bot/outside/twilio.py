"""Twilio: text messages and phone calls, over its HTTP API."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from aiohttp import encode_basic_auth

from bot.outside.sending import Outcome, post

URL = "https://api.twilio.com"


@dataclass(frozen=True, slots=True)
class Twilio:
    """One account, and the number that it writes and calls from."""

    account: str
    token: str = field(repr=False)
    number: str
    url: str = URL

    async def text(self, to: str, body: str) -> Outcome:
        """A text message."""
        return await self._post("Messages", {"To": to, "From": self.number, "Body": body})

    async def call(self, to: str, said: str, *, link: str = "", key: str = "") -> Outcome:
        """A phone call that says it twice; who presses 1 posts to the link, as `key` tells them."""
        return await self._post("Calls", {"To": to, "From": self.number, "Twiml": spoken(said, link, key)})

    async def _post(self, what: str, form: dict[str, str]) -> Outcome:
        address = f"{self.url}/2010-04-01/Accounts/{self.account}/{what}.json"
        return await post(address, headers={"Authorization": encode_basic_auth(self.account, self.token)}, data=form)


def spoken(said: str, link: str = "", key: str = "") -> str:
    """What a call says, as Twilio reads it."""
    say = f"<Say>{escape(said)}</Say>"
    if not link:
        return f'<Response>{say}<Pause length="1"/>{say}</Response>'
    asked = f'{say}<Say>{escape(key)}</Say><Pause length="1"/>'
    gather = f'<Gather numDigits="1" timeout="10" method="POST" action={quoteattr(link)}>{asked}{asked}</Gather>'
    return f"<Response>{gather}</Response>"
