"""Pages that belong to no feature: home, how the ranking works, legal notices, appearance."""
