"""What Tocsin is told before it starts: the environment and the configuration file."""
