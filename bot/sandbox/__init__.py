"""A Slack workspace on this machine, for the demo and for every test that needs Slack. Imports nothing of ours."""

from bot.sandbox.demo import demo_workspace
from bot.sandbox.dials import Dials, Fault
from bot.sandbox.records import Ack, Call, Channel, Clock, Message, SandboxRefused, User, View
from bot.sandbox.sandbox import Sandbox

__all__ = [
    "Ack",
    "Call",
    "Channel",
    "Clock",
    "Dials",
    "Fault",
    "Message",
    "Sandbox",
    "SandboxRefused",
    "User",
    "View",
    "demo_workspace",
]
