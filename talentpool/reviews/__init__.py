"""How the agency judges a need: blind evaluations, then one joint decision."""
