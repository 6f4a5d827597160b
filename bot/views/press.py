"""The page behind a link in a mail or a text message: what it is about, and one button."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1d1c1d;"
    "background:#fff;overflow-wrap:anywhere}h1{font-size:1.4rem}button{font:inherit;font-weight:600;width:100%;padding:1rem;border:0;"
    "border-radius:.5rem;background:#007a5a;color:#fff}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1d21}}"
)
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; form-action 'self'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)
"""The Content-Security-Policy under which the page shows: its own style, and nothing else."""


def asks(title: str, who: str, lines: Sequence[str], label: str) -> str:
    """What the link is about, and the button that does it as that person."""
    shown = "".join(f"<p>{escape(line)}</p>" for line in lines)
    button = f'<form method="post"><button>{escape(label)}</button></form>'
    return _page(title, f"{shown}{button}<p><small>You answer as {escape(who)}.</small></p>")


def says(title: str, lines: Sequence[str]) -> str:
    """What came of it; or why nothing can."""
    return _page(title, "".join(f"<p>{escape(line)}</p>" for line in lines))


def _page(title: str, body: str) -> str:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tocsin</title>'
    return f'<!doctype html><html lang="en">{head}<style>{STYLE}</style><h1>{escape(title)}</h1>{body}</html>'
