"""Snapshots are JSON, as Slack is given it."""

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """One JSON file for each test."""
    return snapshot.use_extension(JSONSnapshotExtension)
