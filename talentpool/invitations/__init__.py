"""Inviting people to the pool by mail: newcomers, and those whom a profile already speaks of."""
