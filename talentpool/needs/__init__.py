"""What ministries ask: a challenge, and the seats it takes."""
