"""Lines for a terminal, printed: in colours where somebody looks on, plain where a program reads."""

import json
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import typer

from bot.views.terminal import Line, Tone

STYLES: dict[Tone, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True},
    "quiet": {"dim": True},
    "good": {"fg": "green"},
    "warn": {"fg": "yellow"},
    "bad": {"fg": "red"},
}
"""How each tone looks where there are colours."""


def width() -> int:
    """How wide the terminal is, where somebody looks on; else 0."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def say(lines: Iterable[Line]) -> None:
    """Prints lines on stdout."""
    for line in lines:
        typer.secho(line.text, **STYLES[line.tone])


def say_data(data: Any) -> None:
    """Prints JSON on stdout."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
