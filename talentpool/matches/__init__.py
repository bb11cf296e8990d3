"""The ranking of the pool for a seat, its reasons, and what people decide on it."""
