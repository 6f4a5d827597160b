# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Channels that are archived or kept: what who decided it is told."""

from bot.rules import events
from bot.rules.entries import Entry
from bot.views.replies.reply import Reply, Told
from bot.views.text import channel


def archive_requested(event: events.ArchiveRequested, entry: Entry, reply: Reply) -> Told:
    """It is being archived."""
    told = f"{channel(event.channel)} of {reply.name} is being archived."
    return Told(told, "What stands there stays readable, and the timeline is kept.")


def channel_kept(event: events.ChannelKept, entry: Entry, reply: Reply) -> Told:
    """It stays."""
    return Told(f"{channel(event.channel)} of {reply.name} stays as it is.", "It is not asked again.")
