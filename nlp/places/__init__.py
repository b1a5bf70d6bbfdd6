"""Where it is: place words in a text, the units they name, and points in the units' boundaries."""
