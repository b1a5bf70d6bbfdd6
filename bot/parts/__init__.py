"""Small parts a running house is made of: its clock, its layers of understanding, its pace, its counters."""
