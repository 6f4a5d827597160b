"""Who is paged for an incident: level by level, by hand, and by which way each is reached."""
