"""What the two sides of a need write to each other, and what others ask about a published one."""
