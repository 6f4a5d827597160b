"""How it is said: records in, wording and Block Kit out. Nothing here asks anybody anything."""
