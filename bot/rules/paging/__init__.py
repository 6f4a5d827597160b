"""Who is paged for an incident: level by level, by hand, to command it; and by which way each is reached."""
