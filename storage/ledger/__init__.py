"""The ledger: households, visits, mediations, notices."""
