"""Engines, their threads and clock, the schema, leases, and small statements both databases share."""
