"""Tocsin, a self-hosted Slack incident bot."""
