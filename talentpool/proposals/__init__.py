"""The agency proposes a talent for a seat; what is confirmed waits for a contract or a placement."""
