"""Starts things and talks to the outside: command line, composition, gateways, inbox, outbox, scheduler."""
