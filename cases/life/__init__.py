"""The life of a case: one table, what each action does, who is told, and what the clock does next."""
