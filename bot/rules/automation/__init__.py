"""What the configuration wants done by itself: invite, post, page, tell another program."""
