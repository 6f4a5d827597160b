"""Whether the timelines are as they were written."""

from bot.views.terminal.paper import Line


def broken(subject: str, seq: int, why: str) -> Line:
    """Where a timeline is not as it was written."""
    return Line(f"✗ {named(subject)}: entry {seq} {_verb(why)}", "bad")


def verified(subjects: int, entries: int, faulty: int) -> Line:
    """How many hold."""
    held = subjects - faulty
    timelines = "1 timeline" if held == 1 else f"{held} timelines"
    written = "1 entry" if entries == 1 else f"{entries} entries"
    if not subjects:
        return Line("✓ There is no timeline yet.", "good")
    if not faulty:
        return Line(f"✓ {timelines} with {written}: each is as it was written.", "good")
    cure = "Compare with a backup; somebody has changed the database past Tocsin, or the disk has."
    return Line(f"{faulty} of {subjects} timelines {'is' if faulty == 1 else 'are'} not as written. {cure}", "bad")


def named(subject: str) -> str:
    """`INC-12` for an incident, any other subject as it is."""
    kind, _, name = subject.partition(":")
    return f"INC-{name}" if kind == "incident" else subject


def _verb(why: str) -> str:
    """`is missing`; `: its text was changed`."""
    return why if why.startswith("is ") else f"is not as it was written: {why}"
