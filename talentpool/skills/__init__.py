"""Job families and skills: one controlled list, owned by the administration."""
