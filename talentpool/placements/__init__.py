"""Who sits where, when, for which share; contracts, absences and the cap."""
