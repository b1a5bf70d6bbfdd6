"""What happens because it is time: due cases, lists of the day, what is done daily and weekly."""
