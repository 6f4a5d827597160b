"""The views that are open: modals stacked for each person, and their App Home tabs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.errors import SlackError
from bot.sandbox.records import Json, View
from bot.sandbox.state import initial_state

DEEPEST = 3


@dataclass(slots=True)
class Views:
    """All views that are open, modals by person with the top one last."""

    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def top(self, user: str) -> View | None:
        """The modal that the person sees."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, content: Json) -> View:
        """Open a modal; one that was open is gone, as in Slack."""
        self._unique(content, None)
        self.stacks[user] = []
        return self._put(user, content)

    def push(self, user: str, content: Json) -> View:
        """Open a modal on top of what is there, three deep at most."""
        if len(self.stacks.get(user, [])) >= DEEPEST:
            raise SlackError("push_limit_reached")
        self._unique(content, None)
        return self._put(user, content)

    def publish(self, user: str, content: Json, hash_: str = "") -> View:
        """Set a person's App Home."""
        known = self.homes.get(user)
        if known is not None:
            return self.update(known, content, hash_)
        number = next(self.numbers)
        name = f"V{number:04d}"
        state = initial_state(content["blocks"])
        self.homes[user] = View(name, user, "home", self._hash(), content, name, None, state)
        return self.homes[user]

    def update(self, view: View, content: Json, hash_: str = "") -> View:
        """Replace a view's content; what was typed stays in inputs that stay."""
        if hash_ and hash_ != view.hash:
            raise SlackError("hash_conflict")
        self._unique(content, view)
        view.content, view.type = content, content["type"]
        view.hash = self._hash()
        view.state = initial_state(content["blocks"], view.state)
        view.block_errors = {}
        return view

    def find(self, view_id: str = "", external_id: str = "") -> View | None:
        """The open view of that id, the app's or Slack's."""
        for view in self._all():
            if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
                return view
        return None

    def close(self, view: View) -> None:
        """Close one modal and what lies on it."""
        stack = self.stacks.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]

    def _all(self) -> list[View]:
        return [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]

    def _unique(self, content: Json, besides: View | None) -> None:
        external = content.get("external_id")
        other = self.find(external_id=external) if external else None
        if other is not None and other is not besides:
            raise SlackError("duplicate_external_id")

    def _put(self, user: str, content: Json) -> View:
        stack = self.stacks.setdefault(user, [])
        name = f"V{next(self.numbers):04d}"
        below = stack[-1] if stack else None
        state = initial_state(content["blocks"])
        root = below.root if below else name
        view = View(name, user, "modal", self._hash(), content, root, below.id if below else None, state)
        stack.append(view)
        return view

    def _hash(self) -> str:
        return f"{next(self.numbers)}.h"
