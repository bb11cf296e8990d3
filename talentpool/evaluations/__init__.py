"""Evaluations that several people make of one thing, each without reading the others'."""
