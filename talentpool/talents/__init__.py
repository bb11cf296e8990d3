"""The people of the pool: what they say of themselves, and when they are free."""
