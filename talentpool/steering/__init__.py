"""How the agency is steered: the weekly screen, and the ledger of unmet demand."""
