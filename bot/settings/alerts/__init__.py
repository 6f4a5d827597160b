"""Alerts in the configuration: rules, heartbeats, maintenance."""
