"""What people do in modals and in the App Home: fill in, press, hand in, close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox import events, payloads
from bot.sandbox.acts import Acts
from bot.sandbox.blocks import elements_of
from bot.sandbox.choosing import Aim, Found, find, label_of, pressed
from bot.sandbox.errors import SlackError
from bot.sandbox.records import Ack, Json, SandboxRefused, User, View
from bot.sandbox.state import State, chosen, is_empty
from bot.sandbox.view_rules import check_view
from bot.sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(slots=True)
class ModalActs:
    """What people do in views."""

    ws: Workspace
    acts: Acts

    def on_top(self, user: str) -> tuple[User, View]:
        """The person, and the modal they see."""
        person = self.acts.who(user)
        view = self.ws.views.top(person.id)
        if view is None:
            raise SandboxRefused(f"{person.real_name} has no modal open.")
        return person, view

    async def press(self, user: str, aim: Aim, *, home: bool = False) -> Ack:
        """Press or choose something in the modal on top, or in the App Home."""
        person = self.acts.who(user)
        view = self.ws.views.homes.get(person.id) if home else self.on_top(user)[1]
        if view is None:
            raise SandboxRefused(f"{person.real_name} sees an empty App Home.")
        return await self._act(person, view, find(view.blocks, aim), aim)

    async def choose(self, user: str, field: str, value: object) -> Ack:
        """Put something into one field of the modal on top, by label or block_id."""
        person, view = self.on_top(user)
        return await self._act(person, view, self._field(view, field), Aim(value=value))

    async def _act(self, person: User, view: View, found: Found, aim: Aim) -> Ack:
        block, element = found
        choice = pressed(element, aim, self._id)
        if block["block_id"] in view.state and element["type"] != "button":
            view.state[block["block_id"]][element["action_id"]] = {"type": element["type"], **choice}
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Ack("ok", None, 0.0)
        self.ws.note("click", user=person.id, label=label_of(block, element))
        act = payloads.action(self.ws, block["block_id"], element, choice)
        ack = await self.acts.delivery.ask("interactive", payloads.in_view(self.ws, person, view, act))
        if ack.status != "ok":
            view.block_errors = {"": TROUBLE}
            self.ws.touch("view", "home")
        return ack

    def _id(self, user: str) -> str:
        return self.ws.person(user).id

    async def submit(self, user: str, values: Mapping[str, object]) -> Ack:
        """Fill in by label (or block_id) and hand in."""
        return await self.hand_in(user, self._entered(self.on_top(user)[1], values))

    def fill_in(self, user: str, values: Mapping[str, object]) -> None:
        """Fill in by label (or block_id); nothing is sent."""
        _, view = self.on_top(user)
        fill_in(view, self._entered(view, values))
        self.ws.touch("view")

    def _entered(self, view: View, values: Mapping[str, object]) -> State:
        entered: State = {}
        for name, given in values.items():
            block, element = self._field(view, name)
            value = chosen(element, given, self._id)
            entered.setdefault(block["block_id"], {})[element["action_id"]] = value
        return entered

    def _field(self, view: View, name: str) -> tuple[Json, Json]:
        fields = [b for b in view.blocks if b["type"] == "input"]
        for block in fields:
            if name in (block["label"]["text"], block["block_id"]):
                return block, block["element"]
        for block in view.blocks:
            for element in elements_of(block):
                if name in (block["block_id"], element["action_id"]) and block["block_id"] in view.state:
                    return block, element
        there = ", ".join(b["label"]["text"] for b in fields)
        raise SandboxRefused(f"The modal “{view.title}” has no field {name!r}; there are: {there}.")

    async def hand_in(self, user: str, entered: Mapping[str, Mapping[str, Json]]) -> Ack:
        """Hand in with these state values on top of what is there; follow what the app answers."""
        person, view = self.on_top(user)
        fill_in(view, entered)
        view.block_errors = dict(client_errors(view))
        if view.block_errors:
            self.ws.touch("view")
            wrong = "; ".join(f"{name}: {text}" for name, text in view.errors.items())
            raise SandboxRefused(f"Slack does not hand in “{view.title}”. {wrong}")
        self.ws.note("submit", user=person.id, title=view.title, callback_id=view.callback_id)
        ack = await self.acts.delivery.ask("interactive", payloads.submission(self.ws, person, view))
        if ack.status == "ok":
            ack = self._follow(person, view, ack)
        if ack.status != "ok":
            view.block_errors = {"": TROUBLE}
        self.ws.touch("view")
        return ack

    def _follow(self, person: User, view: View, ack: Ack) -> Ack:
        """Do what the acknowledgement of a submission says: close, clear, update, push, show errors."""
        body = ack.body or {}
        what = body.get("response_action")
        views = self.ws.views
        try:
            if what is None:
                views.close(view)
            elif what == "clear":
                views.stacks[person.id] = []
            elif what == "update":
                views.update(view, check_view(body.get("view"), "modal"))
            elif what == "push":
                views.push(person.id, check_view(body.get("view"), "modal"))
            else:
                self._show_errors(view, what, body.get("errors"))
        except SlackError as no:
            return Ack("error", ack.body, ack.milliseconds, f"{no.code}: {no.beside}")
        return ack

    def _show_errors(self, view: View, what: object, errors: object) -> None:
        inputs = {b["block_id"] for b in view.blocks if b["type"] == "input"}
        fits = isinstance(errors, dict) and bool(errors) and set(errors) <= inputs
        if what != "errors" or not isinstance(errors, dict) or not fits:
            raise SlackError("invalid_response_action", given=what, errors=errors)
        view.block_errors = {str(block): str(text) for block, text in errors.items()}

    async def close(self, user: str) -> None:
        """Close the modal on top (all of them, where it says so); the app hears of it where it asked to."""
        person, view = self.on_top(user)
        cleared = bool(view.content.get("clear_on_close"))
        stack = list(self.ws.views.stacks[person.id])
        gone = stack if cleared else [view]
        self.ws.views.close(gone[0])
        self.ws.touch("view")
        for each in reversed(gone):
            if each.content.get("notify_on_close"):
                payload = payloads.closed(self.ws, person, each, cleared=cleared)
                await self.acts.delivery.ask("interactive", payload)

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Look at the app's home tab, or at its messages tab."""
        person = self.acts.who(user)
        if tab == "home" and not self.ws.who.home_tab:
            raise SandboxRefused(f"{self.ws.who.bot_name} has no Home tab.")
        view = self.ws.views.homes.get(person.id) if tab == "home" else None
        events.home_opened(self.ws, person.id, self.ws.dm(person.id).id, tab, view)


def fill_in(view: View, entered: Mapping[str, Mapping[str, Json]]) -> None:
    """Put what was entered into the view's state; what it has no input for is left out."""
    for block, actions in entered.items():
        for action, value in actions.items():
            if action in view.state.get(block, {}):
                view.state[block][action] = {**view.state[block][action], **value}


def client_errors(view: View) -> list[tuple[str, str]]:
    """What Slack itself says beside the fields before it hands anything in."""
    found: list[tuple[str, str]] = []
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = view.state[block["block_id"]][element["action_id"]]
        if is_empty(value):
            if not block.get("optional"):
                found.append((block["block_id"], "Please complete this required field."))
        elif element["type"] == "plain_text_input":
            length = len(value["value"])
            if length > element.get("max_length", 3000):
                found.append((block["block_id"], f"At most {element.get('max_length', 3000)} characters."))
            elif length < element.get("min_length", 0):
                found.append((block["block_id"], f"At least {element['min_length']} characters."))
    return found
