"""One believable agency, seeded by one command; everybody in it is invented."""
