"""What somebody contests of how they were read or ranked, and what a person at the agency answers."""
