"""What the ranking does to people, watched over months and shown to the agency's director."""
