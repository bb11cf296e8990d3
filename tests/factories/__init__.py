"""Makers of rows: each gives a whole, valid object, and takes what the test is about."""
