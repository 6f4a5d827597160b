"""What people type reaches the app as Slack sends it."""

from __future__ import annotations

import pytest

from bot.sandbox import Sandbox, demo_workspace
from bot.sandbox.entities import typed
from tests.sandbox.conftest import TurnedClock


@pytest.mark.parametrize(
    ("text", "command", "message"),
    [
        ("plain", "plain", "plain"),
        ("a & b <c>", "a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"),
        ("lead @bob!", "lead <@U0002|bob>!", "lead <@U0002>!"),
        ("@Tocsin ack", "<@U0000BOT|tocsin> ack", "<@U0000BOT> ack"),
        ("<@U0002> and <@U9>", "<@U0002|bob> and &lt;@U9&gt;", "<@U0002> and &lt;@U9&gt;"),
        ("@nobody", "@nobody", "@nobody"),
        ("@here, @payments-oncall", "<!here>, <!subteam^S0001|@payments-oncall>", None),
        ("<!channel>", "<!channel>", "<!channel>"),
        ("in #payments", "in <#C0003|payments>", "in <#C0003|payments>"),
        ("in #secret, #nowhere", "in #secret, #nowhere", None),
        ("ada@example.com", "ada@example.com", "ada@example.com"),
        ("see https://a.example/x?a=1&b=2.", "see <https://a.example/x?a=1&amp;b=2>.", None),
        ("api.checkout.com is down", "<http://api.checkout.com|api.checkout.com> is down", None),
        ("event 14:05 v1.2.3", "event 14:05 v1.2.3", None),
    ],
)
async def test_typed(clock: TurnedClock, text: str, command: str, message: str | None) -> None:
    sandbox = Sandbox(clock)
    demo_workspace(sandbox)
    sandbox.add_channel("secret", private=True, members=["bob"])
    assert typed(sandbox.ws, "U0001", text, named=True) == command
    if message is not None:
        assert typed(sandbox.ws, "U0001", text, named=False) == message
