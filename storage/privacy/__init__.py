"""What is kept of people, and for how long: seen, taken along, erased."""
