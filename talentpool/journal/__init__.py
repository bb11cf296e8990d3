"""The append-only trail of what was done, by whom, when; each entry seals the one before it."""
