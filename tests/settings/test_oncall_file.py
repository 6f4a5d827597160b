"""People, rotations and escalation policies, as the configuration file says them."""

from datetime import datetime, time, timedelta
from textwrap import dedent

import pytest

from bot.rules.calendar import Duration
from bot.rules.oncall.rotation import Hours, Layer, Target
from bot.rules.policy import Known, Policy
from bot.settings.document import Document, load
from bot.settings.errors import ConfigError
from bot.settings.policy import read_policy

BASE = """
timezone: Europe/Madrid
teams: [{name: payments, policy: Payments}]
people: [{name: ada, slack: U024BE7LH}, {name: bo, slack: "@bo"}, {name: cy, slack: Cy@Example.com}]
rotations:
  - {name: primary, team: payments, people: [ada, bo], handoff: "tue 10:00", start: 2026-01-01}
  - name: nights
    team: payments
    timezone: America/New_York
    group: "@night-watch"
    layers:
      - {people: [bo], shift: 12h, handoff: "21:00", hours: {hours: "21:00-09:00"}}
      - {people: [cy], shift: daily, shadow: true}
policies:
  - name: payments
    repeat: 1
    levels:
      - {page: primary}
      - {page: [nights, "@Bo", "@sre"], wait: 7m}
      - {page: "#payments"}
      - {page: "pagerduty:checkout"}
      - {page: cy}
default_policy: PAYMENTS
"""


@pytest.fixture
def policy_of(tmp_path):
    def read(text: str) -> Policy:
        file = tmp_path / "tocsin.yaml"
        file.write_text(dedent(text))
        document: Document = load(file)
        return read_policy(document)

    return read


@pytest.mark.parametrize("text", ["10:30", '"10:30"', "mon 10:30"])
def test_a_time_needs_no_quotes(policy_of, text: str) -> None:
    policy = policy_of(f"""
        people: [{{name: ada, slack: U1}}]
        teams: [{{name: a}}]
        rotations: [{{name: a, people: [ada], handoff: {text}}}]
    """)
    assert policy.rotations[0].layers[0].start.time() == time(10, 30)


@pytest.mark.parametrize(("handoff", "first"), [("", 16), ("handoff: wed 09:00", 18), ('handoff: "09:00"', 16)])
def test_a_day_of_the_week_counts_for_shifts_of_any_length(policy_of, handoff: str, first: int) -> None:
    policy = policy_of(f"""
        people: [{{name: ada, slack: U1}}]
        teams: [{{name: a}}]
        rotations: [{{name: a, people: [ada], shift: 3d, start: 2026-11-16, {handoff}}}]
    """)
    assert policy.rotations[0].layers[0].start == datetime(2026, 11, first, 9)  # noqa: DTZ001


def test_what_is_said_is_what_the_rules_get(policy_of) -> None:
    policy = policy_of(BASE)
    assert policy.people == (Known("ada", "U024BE7LH"), Known("bo", "@bo"), Known("cy", "cy@example.com"))
    primary, nights = policy.rotations
    assert primary.layers == (Layer(("ada", "bo"), timedelta(days=7), datetime(2026, 1, 6, 10)),)  # noqa: DTZ001
    assert (primary.team, str(primary.timezone), str(nights.timezone)) == (
        "payments",
        "Europe/Madrid",
        "America/New_York",
    )
    assert nights.layers[0].hours == (Hours(frozenset(range(7)), time(21), time(9)),)
    assert [layer.shadow for layer in nights.layers] == [False, True]
    assert nights.people == ("bo",)
    assert policy.default_policy == policy.teams[0].policy == "payments"


def test_levels_wait_as_the_guides_say_unless_told(policy_of) -> None:
    levels = policy_of(BASE).policies[0].levels
    assert [level.wait for level in levels] == [Duration(60 * minutes) for minutes in (5, 7, 15, 20, 20)]
    assert [level.who for level in levels] == [
        (Target("rotation", "primary"),),
        (Target("rotation", "nights"), Target("person", "bo"), Target("group", "@sre")),
        (Target("channel", "#payments"),),
        (Target("pagerduty", "checkout"),),
        (Target("person", "cy"),),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people: [{name: ada, slack: '#x'}]", "expected a member id, an @handle or a mail address"),
        ("rotations: [{name: a, team: t}]\nteams: [{name: t}]", "expected at least one person who takes a turn"),
        ("rotations: [{name: a, people: [b], team: t}]\nteams: [{name: t}]", "from `people`"),
        ("rotations: [{name: a, ical: 'https://x', team: u}]\nteams: [{name: t}]", "one of t"),
        (
            "people: [{name: b, slack: U1}]\nrotations: [{name: a, people: [b]}]",
            "expected a team that it belongs to: `teams: [{name: a}]`",
        ),
        ("rotations: [{name: a, ical: 'https://x', timezone: Mars}]", "an IANA time zone"),
        ("people: [{name: a, slack: U1}]\nrotations: [{name: A, people: [a]}]", "a name that nobody in `people` has"),
        ("policies: [{name: p, levels: [{page: P}]}]\ndefault_policy: p", "would go round in circles"),
        ("policies: [{name: p, levels: [{page: ada}]}]\ndefault_policy: p", "from `rotations` or `people`"),
        ("policies: [{name: p, levels: [{page: []}]}]\ndefault_policy: p", "found nobody, expected somebody to page"),
        ("policies: [{name: p, levels: []}]\ndefault_policy: p", "expected at least one level"),
        ("policies: [{name: p, levels: [{page: '#x'}]}]", "expected `default_policy: p`"),
        ("policies: [{name: p, levels: [{page: '#x'}]}]\ndefault_policy: q", "one of p from"),
        ("teams: [{name: t, policy: q}]", "from `policies`"),
        ("rotations: [{name: a, people: [b], handoff: noon}]", "a day and a time"),
        ("rotations: [{name: a, people: [b], start: 9999-12-31}]", "a date such as 2026-12-25"),
        ("rotations: [{name: a, people: [b], shift: 0h}]", "weekly, daily, or a length of 1h to 92 days"),
        ("rotations: [{name: a, layers: [{people: [b], hours: {hours: 9-18}}]}]", "the hours of a day"),
    ],
)
def test_each_mistake_is_told_with_its_cure(policy_of, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as refused:
        policy_of(text)
    assert any(expected in str(problem) for problem in refused.value.problems), str(refused.value)
