"""Alerts of other programs: how they are read, grouped, and which become incidents."""
