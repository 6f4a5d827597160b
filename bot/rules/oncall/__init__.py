"""Who is on call: rotations, shifts, and what overrides them."""
