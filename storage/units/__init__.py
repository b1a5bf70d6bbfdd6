"""Units: who answers for each, the names of their places, and the groups that are theirs."""
