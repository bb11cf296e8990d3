"""The English catalogue: gathered from the code, completed by people, compiled at set-up."""
