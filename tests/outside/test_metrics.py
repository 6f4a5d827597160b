"""What is counted: few labels, each with few values, and two bots in one process count apart."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.outside.metrics import Glance, Metrics, outcome_of
from bot.outside.slack import PASSING


def counted(metrics: Metrics, glance: Glance | None = None) -> dict[str, float]:
    """Every series and its value."""
    page, _ = metrics.page("", glance or Glance(ready=True))
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "ok"),
        ("ratelimited", "ratelimited"),
        ("no_answer", "no_answer"),
        ("TimeoutError", "no_answer"),
        ("http_503", "unavailable"),
        ("internal_error", "unavailable"),
        ("token_revoked", "unauthorized"),
        ("missing_scope", "unauthorized"),
        ("channel_not_found", "refused"),
        ("http_404", "refused"),
        ("whatever Slack may think of", "refused"),
    ],
)
def test_outcomes(error: str | None, outcome: str) -> None:
    assert outcome_of(error) == outcome


def test_what_passes_is_told_apart_from_what_does_not() -> None:
    unusual = {"team_added_to_org", "external_channel_migrating", "update_failed", "accesslimited"}
    assert {error for error in PASSING if outcome_of(error) == "refused"} == unusual


def test_two_bots_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.acknowledged("slash", 200, 0.02)
    first.acknowledged("something else", 401, 0.02)
    first.apologised()
    seen, unseen = counted(first), counted(second)
    assert seen["tocsin_acknowledgements_total slash answered"] == 1
    assert seen["tocsin_acknowledgements_total other refused"] == 1
    assert seen["tocsin_acknowledgement_seconds_bucket slash 0.025"] == 1
    assert seen["tocsin_acknowledgement_seconds_bucket slash 0.01"] == 0
    assert seen["tocsin_apologies_total"] == 1
    assert unseen["tocsin_acknowledgements_total slash answered"] == 0
    assert unseen["tocsin_apologies_total"] == 0


def test_deliveries_begin_at_nothing_and_a_clock_that_was_turned_does_no_harm() -> None:
    metrics = Metrics()
    metrics.will_deliver(["card"])
    assert counted(metrics)["tocsin_deliveries_total card given_up"] == 0
    metrics.delivered("card", "sent", -3.0)
    metrics.delivered("card", "retried")
    seen = counted(metrics)
    assert seen["tocsin_deliveries_total card sent"] == 1
    assert seen["tocsin_delivery_wait_seconds_count"] == 1
    assert seen["tocsin_delivery_wait_seconds_sum"] == 0


def test_alerts_begin_at_nothing_and_are_counted_one_by_one() -> None:
    metrics = Metrics()
    metrics.will_take(["grafana"])
    assert counted(metrics)["tocsin_alerts_total unkept grafana"] == 0
    metrics.alerted("grafana", "taken", 12)
    metrics.alerted("grafana", "unreadable", 0)
    seen = counted(metrics)
    assert (seen["tocsin_alerts_total taken grafana"], seen["tocsin_alerts_total unreadable grafana"]) == (12, 0)


def test_what_is_not_known_is_left_out() -> None:
    known = Glance(
        ready=False,
        open_incidents={"SEV1": 2},
        outbox={"waiting": 3, "sending": 1},
        oldest=4.5,
        findings={"late": 1},
        heard=0.5,
        processes=2,
        backup=60,
    )
    all_of_it = counted(Metrics(way="http"), known)
    little = counted(Metrics(), Glance(ready=True))
    assert all_of_it["tocsin_ready"] == 0
    assert all_of_it["tocsin_open_incidents SEV1"] == 2
    assert all_of_it["tocsin_outbox_rows waiting"] == 3
    assert all_of_it["tocsin_audit_findings late"] == 1
    assert little["tocsin_ready"] == 1
    assert {name.partition(" ")[0] for name in set(all_of_it) - set(little)} == {
        "tocsin_build_info",
        "tocsin_open_incidents",
        "tocsin_outbox_rows",
        "tocsin_outbox_oldest_seconds",
        "tocsin_audit_findings",
        "tocsin_slack_last_heard_seconds",
        "tocsin_processes",
        "tocsin_backup_age_seconds",
    }
