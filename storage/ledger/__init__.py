"""The ledger in the tables: what is opened, found, counted and changed of `cases.ledger`."""
