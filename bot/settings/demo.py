"""The configuration that the demo runs with: services with an owner, people who take turns, levels that are paged."""

from datetime import date, timedelta

from bot.settings.document import Document

PEOPLE = ("ada", "bob", "cleo", "dan")


def _turns(first: str, monday: date) -> dict[str, object]:
    """Everybody for a week, beginning with that one."""
    place = PEOPLE.index(first)
    return {"people": [*PEOPLE[place:], *PEOPLE[:place]], "start": monday.isoformat()}


def demo(today: date) -> Document:
    """In the week of today Bob is primary and Dan secondary, and Cleo, whose turn is next, sees what Bob is paged for.

    Nobody is waited for longer than the guides say, and Slack's limits are not waited for.
    """
    monday = today - timedelta(days=today.weekday())
    return Document(
        "demo",
        {
            "timezone": "Europe/Madrid",
            "slack": {"channel_rate": "20/s", "burst": 20},
            "teams": [
                {"name": "payments", "channel": "#payments", "group": "@payments-oncall", "policy": "payments"},
            ],
            "services": [
                {
                    "name": "checkout",
                    "aliases": ["cart"],
                    "team": "payments",
                    "dashboards": ["https://grafana.example/d/checkout"],
                    "bridge": "https://meet.example/checkout",
                },
                {"name": "search"},
            ],
            "people": [{"name": name, "slack": f"@{name}"} for name in PEOPLE],
            "rotations": [
                {
                    "name": "primary",
                    "team": "payments",
                    "group": "@payments-oncall",
                    **_turns("bob", monday),
                    "layers": [{**_turns("cleo", monday), "shadow": True}],
                },
                {"name": "secondary", "team": "payments", **_turns("dan", monday)},
            ],
            "policies": [
                {
                    "name": "payments",
                    "levels": [{"page": "primary"}, {"page": "secondary"}, {"page": ["ada", "#payments"]}],
                },
                {"name": "everything else", "levels": [{"page": "primary"}, {"page": "secondary"}]},
            ],
            "default_policy": "everything else",
        },
        None,
    )
