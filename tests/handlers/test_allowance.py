"""Reports are counted by who sends them: a flood from one place keeps nobody else out."""

from handlers.alerts import allowance
from handlers.alerts.allowance import Allowance


def test_each_sender_has_a_limit_of_their_own() -> None:
    allowed = Allowance(most=2)
    assert [allowed.wait("10.0.0.1") for _ in range(2)] == [0, 0]
    assert 0 < allowed.wait("10.0.0.1") <= allowance.WINDOW
    assert allowed.wait("10.0.0.2") == 0


def test_so_many_senders_are_told_apart_and_no_more_are_remembered() -> None:
    allowed = Allowance(most=1)
    for number in range(allowance.SENDERS + 10):
        assert allowed.wait(f"sender {number}") == 0
    assert len(allowed.taken) == allowance.SENDERS
    assert allowed.wait(f"sender {allowance.SENDERS}") > 0
