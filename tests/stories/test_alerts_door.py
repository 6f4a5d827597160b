"""The door of alerts: wrong token, wrong source, too much, broken among whole ones; nothing valid is lost."""

from pydantic import SecretStr

from tests.alerts.payloads import GRAFANA, alertmanager, firing, pagerduty
from tests.stories.alerting import fire, sent
from tests.stories.kit import Story
from tests.stories.test_alerts import declared
from tests.stories.test_figures import figures, moved


async def test_without_the_token_nothing_is_taken(story: Story) -> None:
    async with story.nobody_runs():
        token = {"alerts_token": SecretStr("s3cret")}
        story.crew.environment = story.crew.environment.model_copy(update=token)
    for token in ("", "s3cre", "s3crets", "x" * 900):
        status, found = await sent(story, "alertmanager", alertmanager(firing()), token=token)
        assert (status, "ALERTS_TOKEN" in found["error"]) == (401, True)
    status, found = await sent(story, "alertmanager", alertmanager(firing()), token="s3cret")
    assert (status, found["incidents"]) == (200, ["INC-1"])
    story.place("#incidents").expects("INC-1")
    story.room(1).expects("Declared")
    story.room(1).expects("runbooks.example")


async def test_what_is_broken_takes_nothing_valid_with_it(story: Story) -> None:
    status, found = await sent(story, "alertmanager", alertmanager(firing(), {"labels": {}}))
    assert status == 400
    assert found["error"] == "Alert 2: it has no label `alertname`. The other one was taken."
    story.place("#incidents").expects("INC-1", "CheckoutErrors")
    story.room(1).expects("Declared")
    story.room(1).expects("runbooks.example")


async def test_the_wrong_door_names_the_right_one(story: Story) -> None:
    status, found = await sent(story, "alertmanager", GRAFANA)
    assert (status, found["error"]) == (
        400,
        "This looks like Grafana. Send it to /alerts/grafana, not to /alerts/alertmanager.",
    )
    status, found = await sent(story, "nagios", GRAFANA)
    assert (status, "/alerts/grafana" in found["error"]) == (404, True)
    status, found = await sent(story, "grafana", b"{not json")
    assert (status, "no JSON" in found["error"]) == (400, True)
    status, found = await sent(story, "grafana", b"x" * 10 * 1024**2)
    assert (status, found["error"]) == (413, "The body is larger than 4 MB. Send less at once.")


async def test_the_same_alert_a_thousand_times_is_one(story: Story) -> None:
    found = await fire(story, *(firing() for _ in range(1_000)))
    assert found["incidents"] == ["INC-1"]
    story.place("#incidents").expects("INC-1")
    story.room(1).expects("Declared")
    story.room(1).expects("CheckoutErrors*", "fires")


async def test_what_is_over_is_known_by_its_fingerprint_whatever_it_is_called(story: Story) -> None:
    failed = {"title": "Backup failed", "severity": "critical", "service": "checkout", "fingerprint": "backup-db-1"}
    assert (await sent(story, "generic", failed))[1]["incidents"] == ["INC-1"]
    story.place("#incidents").expects("INC-1", "Backup failed", "checkout")
    story.room(1).expects("Declared")
    alerts = story.room(1).expects("Backup failed", "fires")
    await sent(story, "pagerduty", pagerduty("incident.resolved", id="backup-db-1"))
    alerts.says_not("fires no longer")  # of another program it is another alert
    await sent(story, "generic", {"title": "Backup is fine", "fingerprint": "backup-db-1", "status": "resolved"})
    alerts.says("fires no longer", "Backup failed")
    story.room(1).expects("Backup failed", "fires no longer", "press *Resolve*")


async def test_a_sender_whose_clock_is_an_hour_ahead_is_told_of(story: Story) -> None:
    await fire(story, {**firing(), "startsAt": "2026-03-02T10:00:00Z"})
    story.place("#incidents").expects("INC-1", "due by")
    story.room(1).expects("Declared")
    story.room(1).expects("The clock of its sender is wrong.")


async def test_reports_have_a_limit(story: Story) -> None:
    answers = [await sent(story, "report", {"title": ""}) for _ in range(31)]
    assert [status for status, _ in answers] == [400] * 30 + [429]
    assert "You have sent 30 reports within a minute" in answers[-1][1]["error"]
    assert "This one was not kept: send it again in" in answers[-1][1]["error"]


async def test_what_fires_is_known_after_a_restart(story: Story) -> None:
    await declared(story)
    async with story.nobody_runs():
        pass
    assert (await fire(story, firing("web-2")))["incidents"] == ["INC-1"]


async def test_what_comes_is_counted_by_who_sent_it(story: Story) -> None:
    before = await figures(story)
    await sent(story, "alertmanager", alertmanager(firing(), {"labels": {}}))
    await sent(story, "grafana", b"{not json")
    await sent(story, "nagios-of-somebody", GRAFANA)
    await sent(story, "report", {"title": "Odd smell"})
    after = await moved(story, before)
    assert {name: value for name, value in after.items() if name.startswith("tocsin_alerts_total")} == {
        "tocsin_alerts_total taken alertmanager": 1,
        "tocsin_alerts_total unreadable alertmanager": 1,
        "tocsin_alerts_total unreadable grafana": 1,
        "tocsin_alerts_total unreadable other": 1,
        "tocsin_alerts_total taken report": 1,
    }
    story.place("#incidents").expects("INC-1", "CheckoutErrors")
    story.place("#incidents").expects("Odd smell")
    story.room(1).expects("Declared")
    story.room(1).expects("runbooks.example")
