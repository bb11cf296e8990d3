"""Real public missions, imported to be looked at: a reference beside the agency's own ledger."""
