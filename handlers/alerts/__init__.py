"""What other programs send: alerts, reports, heartbeats."""
