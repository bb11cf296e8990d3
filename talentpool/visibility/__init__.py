"""What a person decides of being found: pauses, objecting to rankings, administrations that never see them."""
