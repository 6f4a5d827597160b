"""A simulation as it is read, in Slack and in a terminal."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.rules.automation.rule import Automation
from bot.rules.events import Paged, PersonPaged, UpdateDue
from bot.rules.foreseen.simulated import Row, Simulation, Weak
from bot.rules.moment import Person
from bot.rules.oncall.rotation import Target
from bot.views.replies.simulated import MOST, simulated
from bot.views.terminal import Paper
from bot.views.terminal.simulated import simulated as in_terminal
from bot.views.terminal.simulated import simulated_data
from tests.views.samples import ADA, BOB, POLICY, at

UTC = ZoneInfo("UTC")
LEVEL = Paged("pay", 1, (BOB,), "begun", at(0), shadows=(ADA,))
FOUND = Simulation(
    severity="SEV1",
    services=("checkout",),
    at=at(0),
    rows=(
        Row(at(0), "channel", "#incidents", "post", loud=False),
        Row(at(0), "person", BOB, "invite", loud=False),
        Row(at(0), "person", BOB, "slack", False, (LEVEL, PersonPaged((0,), "slack", at(0)))),
        Row(at(0), "person", ADA, "slack", False, (LEVEL,)),
        Row(at(1), "person", BOB, "sms", True, (LEVEL, PersonPaged((0,), "sms", at(1)))),
        Row(at(5), "pagerduty", "payments", "pagerduty", True, (replace(LEVEL, level=2, why="silence"),)),
        Row(at(30), "room", "", "post", False, (UpdateDue(at(30), at(30), 1),)),
    ),
    weak=(Weak(at(5), "pay", 3, "nobody", ("late",)), Weak(at(5), "pay", 2, "quiet", (BOB, "#payments"))),
    passed=("late",),
    paging=True,
    nobody=((at(20), "pay"),),
)


def text_of(found: Simulation, people: dict[str, Person] | None = None) -> str:
    made = simulated(found, people or {}, UTC)
    return "\n".join([made.text, *(str(block) for block in made.blocks)])


def test_in_slack() -> None:
    read = text_of(FOUND, {BOB: Person(BOB, timezone="America/New_York")})
    assert f"*<!date^{int(at(1).timestamp())}" in read
    assert f"🔔 <@{BOB}> (Wed " in read
    assert "there), text message: level 1 of pay: it was declared" in read
    assert "(only sees it)" in read
    assert f"2 would be paged, <@{BOB}> first" in read
    assert "its own channel: Update due since" in read
    assert "nobody has answered pay" in read
    assert read.index("Level 3 of pay comes to nobody: late") < read.index("Level 2 of pay wakes nobody up")


def test_a_long_table_is_folded() -> None:
    rows = tuple(replace(FOUND.rows[0], at=at(minute)) for minute in range(MOST + 7))
    read = text_of(replace(FOUND, rows=rows))
    assert read.count("#incidents") == MOST
    assert "… and 7 more lines" in read


def test_where_nobody_is_paged_it_says_so() -> None:
    nothing = replace(FOUND, rows=(), weak=(), nobody=(), paging=False)
    assert "SEV1 pages nobody: no escalation policy is configured." in text_of(nothing)
    assert "SEV1 pages nobody: `page` is `no` for it." in text_of(replace(nothing, pages=False))
    assert "Nobody would be paged" in text_of(replace(FOUND, rows=FOUND.rows[:1], weak=(), nobody=()))


def test_in_a_terminal() -> None:
    paper = Paper(POLICY, at(0), {BOB: "Bob", ADA: "Ada"})
    read = "\n".join(line.text for line in in_terminal(FOUND, paper))
    head, table, *_ = read.splitlines()
    assert head.startswith("SEV1 for checkout, declared ")
    assert table.split() == ["TIME", "WHO", "HOW", "LOUD", "WHY"]
    assert ["Bob", "text", "message", "loud"] in [line.split()[1:5] for line in read.splitlines()]
    assert "✗ Level 3 of pay comes to nobody: late cannot be reached, or nobody is on call" in read
    assert "Nobody has answered pay" in read


def test_in_80_columns_each_line_says_all_of_why() -> None:
    read = [line.text for line in in_terminal(FOUND, Paper(POLICY, at(0), {BOB: "Bob", ADA: "Ada"}, width=80))]
    assert max(len(line) for text in read for line in text.split("\n")) <= 80
    (second,) = [text for text in read if "PagerDuty" in text and "level 2" in text]
    assert " ".join(second.split()).endswith("level 2 of pay: nobody has acknowledged it")
    assert not [text for text in read if "…" in text]


def test_on_another_day_the_day_is_told() -> None:
    found = replace(FOUND, rows=(FOUND.rows[0], replace(FOUND.rows[0], at=at(24 * 60))), nobody=())
    times = [line.text.split("  ")[0] for line in in_terminal(found, Paper(POLICY, at(0), {}))][2:4]
    assert [len(each) for each in times] == [len("20:33"), len("2026-11-21 20:33")]
    in_slack = text_of(replace(FOUND, nobody=((at(24 * 60), "pay"),)))
    assert f"🛑 <!date^{int(at(24 * 60).timestamp())}^{{date_short_pretty}} {{time}}|" in in_slack


def test_what_rules_would_do_later() -> None:
    rules = (
        Automation("severity", "page", severities=("SEV1",), page=(Target("person", "cleo"),)),
        Automation("status", "post", statuses=("monitoring", "mitigating"), channel="#status"),
        Automation("resolved", "webhook", url="https://hooks.example.com/secret"),
        Automation("resolved", "invite", who=("@security", "@ada")),
    )
    expected = [
        "Once its severity changes to SEV1, a rule would page cleo.",
        "Once its status changes to monitoring or mitigating, a rule would post in #status.",
        "Once it is resolved, a rule would tell hooks.example.com.",
        "Once it is resolved, a rule would add @security and @ada to its channel.",
    ]
    found = replace(FOUND, later=rules)
    assert "\n".join(expected) in text_of(found).replace("\\n", "\n")
    assert [line.text[2:] for line in in_terminal(found, Paper(POLICY, at(0), {})) if line.text[0] == "+"] == expected
    assert simulated_data(found, Paper(POLICY, at(0), {}))["later"] == expected


def test_for_programs() -> None:
    data = simulated_data(FOUND, Paper(POLICY, at(0), {BOB: "Bob"}))
    assert data["rows"][4]["name"] == "Bob"
    assert (data["rows"][4]["way"], data["rows"][4]["loud"], data["rows"][4]["level"]) == ("sms", True, 1)
    assert data["weak"][0] == {
        "at": (at(5)).isoformat(timespec="seconds"),
        "policy": "pay",
        "level": 3,
        "why": "nobody",
        "who": ["late"],
    }
    assert len(data["warnings"]) == 2


def test_who_is_told_as_an_audience_and_what_never_goes_out() -> None:
    mail = Row(at(0), "person", "ceo@example.com", "mail", False, (), "executives", unsent=True)
    service = Row(at(0), "pagerduty", "search", "pagerduty", False, (LEVEL,), unsent=True)
    read = text_of(replace(FOUND, rows=(mail, service), weak=()))
    assert "ceo@example.com, mail: audience executives: told of it (NOT SENT: not set up here)" in read
    assert "search, PagerDuty: level 1 of pay: it was declared (NOT SENT: no routing key" in read
    assert "Simulation of SEV1 for checkout: nobody would be paged." in read
    assert "*Nobody would be paged*" in read
    data = simulated_data(replace(FOUND, rows=(mail,)), Paper(POLICY, at(0), {}))
    assert (data["rows"][0]["sent"], data["rows"][0]["audience"]) == (False, "executives")


def test_who_does_not_want_to_be_disturbed_is_not_known() -> None:
    said = "Whether somebody has Do Not Disturb on in Slack by then is not known"
    assert said in text_of(FOUND)
    assert f"? {said}" in "\n".join(line.text for line in in_terminal(FOUND, Paper(POLICY, at(0), {})))
    assert said in simulated_data(FOUND, Paper(POLICY, at(0), {}))["unknown"][0]
    assert said not in text_of(replace(FOUND, rows=FOUND.rows[4:]))
