"""The workspace that the demo shows: four people in three time zones, three channels."""

from __future__ import annotations

from bot.sandbox.sandbox import Sandbox


def demo_workspace(sandbox: Sandbox) -> None:
    """Add Ada, Bob, Cleo and Dan, their user group, and #general, #incidents, #payments."""
    ada = sandbox.add_user("ada", "Ada Marín", tz="Europe/Madrid", admin=True)
    bob = sandbox.add_user("bob", "Bob Okafor", tz="America/New_York")
    cleo = sandbox.add_user("cleo", "Cleo Tan", tz="Asia/Singapore")
    dan = sandbox.add_user("dan", "Dan Novák", tz="Europe/Prague")
    everybody = [ada, bob, cleo, dan]
    sandbox.add_channel("general", members=everybody, with_bot=False)
    sandbox.add_channel("incidents", members=everybody)
    sandbox.add_channel("payments", members=[ada, bob, dan])
    sandbox.add_usergroup("payments-oncall", "Payments on call", [bob, dan])
