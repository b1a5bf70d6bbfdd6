"""What tests stand on: the sample town, who speaks in it, and what a transcript is played with."""
