"""On-call in the configuration: people, rotations, escalation policies."""
