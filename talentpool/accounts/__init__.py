"""Who signs in, and as what."""
