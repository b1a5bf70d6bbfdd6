"""A running house: ways in and out, restarts, kills, copies, and what an operator has."""
