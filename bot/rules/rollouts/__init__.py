"""What changed: deploys, flags, configuration and migrations, as whoever carried them out tells."""
