"""The configuration that the demo runs with: services with an owner, people who take turns, levels that are paged."""

from datetime import date, timedelta

from bot.settings.document import Document

PEOPLE = ("ada", "bob", "cleo", "dan")


def _turns(first: str, start: date) -> dict[str, object]:
    """Everybody for a week, that one first, from that day on."""
    place = PEOPLE.index(first)
    people = [*PEOPLE[place:], *PEOPLE[:place]]
    return {"people": people, "start": start.isoformat(), "handoff": f"{start:%a} 09:00".lower()}


def _before(today: date) -> date:
    """The last working day before today: so no hand-off is near, and none falls on a weekend."""
    return today - timedelta(days={0: 3, 6: 2}.get(today.weekday(), 1))


SERVICES = [
    {
        "name": "checkout",
        "aliases": ["cart"],
        "team": "payments",
        "dashboards": ["https://grafana.example/d/checkout"],
        "bridge": "https://meet.example/checkout",
    },
    {"name": "search"},
]
POLICIES = [
    {"name": "payments", "levels": [{"page": "primary"}, {"page": "secondary"}, {"page": ["ada", "#payments"]}]},
    {"name": "company", "levels": [{"page": "primary"}, {"page": "secondary"}]},
]


def _rotations(start: date) -> list[dict[str, object]]:
    """Bob is primary at first and Dan secondary, and Cleo, whose turn is next, sees what Bob is paged for."""
    primary = {"name": "primary", "team": "payments", "group": "@payments-oncall", **_turns("bob", start)}
    shadow = {**_turns("cleo", start), "shadow": True}
    return [{**primary, "layers": [shadow]}, {"name": "secondary", "team": "payments", **_turns("dan", start)}]


def demo(today: date) -> Document:
    """As it is today. Levels wait as the guides say; Slack's limits are not waited for."""
    return Document(
        "demo",
        {
            "timezone": "Europe/Madrid",
            "slack": {"channel_rate": "20/s", "burst": 20},
            "teams": [
                {"name": "payments", "channel": "#payments", "group": "@payments-oncall", "policy": "payments"},
            ],
            "services": SERVICES,
            "people": [{"name": name, "slack": f"@{name}"} for name in PEOPLE],
            "rotations": _rotations(_before(today)),
            "policies": POLICIES,
            "default_policy": "company",
        },
        None,
    )
