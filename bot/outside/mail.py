"""Mail, over one SMTP server."""

from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.outside.sending import LIMIT, Outcome, Permanent, Retry, Sent

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Mail:
    """A server, `smtp://user:password@host:587` (TLS where it offers that) or `smtps://…` (TLS from the start)."""

    url: str = field(repr=False)
    sender: str
    limit: float = LIMIT
    own: str = ""
    """Stands in each id, so that of two Tocsins with one sender neither's mail is taken for one that came already."""

    async def send(self, to: str, subject: str, text: str, *, mark: str, at: datetime, html: str = "") -> Outcome:
        """One mail to one address, perhaps as HTML too; `mark` is its id, the same whenever it is sent again."""
        import aiosmtplib  # where there is no mail, nothing needs it

        try:
            message = self._written(to, subject, text, mark, at)
            if html:
                message.add_alternative(html, subtype="html")
            await aiosmtplib.send(message, **self._server(), timeout=self.limit)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return _answered(next((each.code for each in refused.recipients), 550))
        except aiosmtplib.SMTPResponseException as refused:
            return _answered(refused.code)
        except aiosmtplib.SMTPNotSupported:  # letters that its server does not write
            return Permanent("address")
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            unclear = isinstance(error, aiosmtplib.SMTPReadTimeoutError | aiosmtplib.SMTPServerDisconnected)
            return Retry(type(error).__name__, unclear=unclear)
        except (ValueError, MessageError, AttributeError):  # by what is odd in an address, the library raises any
            return Permanent("address")
        return Sent()

    def _written(self, to: str, subject: str, text: str, mark: str, at: datetime) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address("Tocsin", addr_spec=self.sender)
        message["To"] = Address(addr_spec=to)
        message["Subject"] = " ".join(subject.split())
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{'.'.join(filter(None, (mark, self.own)))}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    def _server(self) -> dict[str, Any]:
        parts = urlsplit(self.url)
        return {
            "hostname": parts.hostname,
            "port": parts.port or PORTS[parts.scheme],
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
        }


def _answered(code: int) -> Outcome:
    """What an SMTP server's refusal means: 4xx passes, 5xx stays."""
    return Retry(f"smtp_{code}") if 400 <= code < 500 else Permanent(f"smtp_{code}")
