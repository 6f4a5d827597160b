"""What the configuration file says about watches."""
