"""Mail that leaves after the commit: rows of an outbox, delivered once each."""
