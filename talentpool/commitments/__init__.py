"""What a host promises before people arrive, and how ready it is."""
