"""What the agency assessed of people's skills, and what each skill stands on."""
