"""The only Flask plumbing: how a request is let in, answered, committed, and what it looks like."""
