"""The desk a conversation works at: all it may read or write, in one transaction. `storage` implements it."""
