"""What people of the pool choose to say of themselves, for counts alone: no ranking reads it."""
