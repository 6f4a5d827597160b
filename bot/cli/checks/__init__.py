"""What `tocsin check` looks at, one topic a page."""
