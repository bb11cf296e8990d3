"""Applying to the pool: a file read without a name by two people at least, an interview, a decision."""
