"""Searching the pool without a seat in mind, and keeping searches."""
