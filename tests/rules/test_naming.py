"""What channels are called: a test says so, and a second channel is told from the first."""

from dataclasses import replace

import pytest

from bot.rules.incident import Incident
from bot.rules.naming import channel_names
from tests.rules.given import declared


@pytest.mark.parametrize(
    ("incident", "names"),
    [
        (declared(), ["inc-12-checkout-is-down", "inc-12-checkout-is-down-2"]),
        (declared(kind="test"), ["inc-test-12-checkout-is-down", "inc-test-12-checkout-is-down-2"]),
        (replace(declared(), channels=2), ["inc-12-checkout-is-down-2", "inc-12-checkout-is-down-3"]),
        (replace(declared(), title="🔥"), ["inc-12", "inc-12-2"]),
    ],
)
def test_a_channel_is_named_after_its_incident(incident: Incident, names: list[str]) -> None:
    assert list(channel_names(incident, "inc"))[:2] == names
