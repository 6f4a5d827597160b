"""The report on on-call's health, and its plot."""

import struct
from datetime import timedelta
from typing import Any

import pytest

from bot.rules.moment import Person
from bot.rules.oncall.health import Health, Load, Week
from bot.views import charts, health
from tests.views.samples import ADA, BOB, at

SINCE = at(0) - timedelta(weeks=4)
FIGURES = {"pages": 3.5, "false_alarms": 0.4, "acknowledged": 200, "after_hours": 1.0, "mitigated": 5400}
WEEKS = (Week(SINCE, 7, 4), *(Week(SINCE + timedelta(weeks=n), 2, 0) for n in (1, 2, 3)))
NAMES = {BOB: Person(BOB, "Bob $1$")}


def found(**facts: Any) -> Health:
    whole = Load("payments", FIGURES, WEEKS)
    quiet = Load(ADA, {**FIGURES, "pages": 0.5, "false_alarms": 0.0, "mitigated": None}, (Week(SINCE),) * 4)
    given = {"people": (Load(BOB, FIGURES, WEEKS), quiet), "led": {BOB: 3, ADA: 1}, "incidents": 5, **facts}
    return Health(SINCE, at(0), "payments", whole, **given)


REPORTS = {
    "whole": found(),
    "nobody": found(people=(), led={}),
    "many": found(people=tuple(Load(f"U{n}", FIGURES, WEEKS) for n in range(12)), led={ADA: 2, BOB: 2}),
}


@pytest.mark.parametrize("name", REPORTS)
def test_report(name: str, snapshot: Any) -> None:
    made = health.report(REPORTS[name], "/incident")
    assert {"text": made.text, "blocks": list(made.blocks)} == snapshot


def test_beside_the_plot_stands_the_same() -> None:
    told = health.comment(found(), "/incident", NAMES)
    assert "*Pages* 3.5 a week: in between (healthy below 2, unhealthy above 5)" in told
    assert "Time off is due*: Bob $1$ 1 day" in told
    assert "It leans on one person*: Bob $1$ led 3 of 4 incidents (75%)" in told
    assert (
        health.without_plot(found(), "/incident", NAMES, "missing_scope")
        .blocks[-1]["elements"][0]["text"]
        .startswith("Without its plot: Tocsin's app lacks the scope `files:write`.")
    )


def test_the_picture_is_told_to_who_cannot_see_it() -> None:
    told = health.alternative(found(), NAMES)
    assert "Bob $1$ 13, 4 of them after hours; U1ADA 0" in told
    assert "Healthy below 2 a week, unhealthy above 5." in told


def test_the_plot_is_a_png_for_a_phone() -> None:
    picture = charts.draw(health.plot(found(), NAMES))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = struct.unpack(">II", picture[16:24])
    assert wide == charts.WIDTH * charts.DOTS
    assert tall < 2 * wide


def test_only_the_last_weeks_of_the_most_paged_are_drawn() -> None:
    weeks = tuple(Week(SINCE + timedelta(weeks=n), n, 0) for n in range(12))
    plot = health.plot(found(people=tuple(Load(f"U{n}", FIGURES, weeks) for n in range(12))), {})
    assert len(plot.people) == health.MOST
    assert {len(bars) for _, bars in plot.people} == {health.SHOWN_WEEKS}


@pytest.mark.parametrize("ink", [charts.INK, charts.FAINT, charts.UNHEALTHY, charts.HEALTHY])
def test_what_is_drawn_is_readable_on_its_own_ground_in_any_theme(ink: str) -> None:
    assert _contrast(ink, charts.GROUND) >= 4.5
    assert len(charts.GROUND) == 7  # no part of it is transparent


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
