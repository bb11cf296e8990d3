"""What is held on a person: shown, given, limited, erased, and forgotten in time."""
