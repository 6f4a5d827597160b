"""The configuration that the demo runs with: two services with an owner, and no waiting for Slack's limits."""

from bot.settings.document import Document

DEMO = Document(
    "demo",
    {
        "timezone": "Europe/Madrid",
        "slack": {"channel_rate": "20/s", "burst": 20},
        "teams": [{"name": "payments", "channel": "#payments", "group": "@payments-oncall"}],
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
    },
    None,
)
