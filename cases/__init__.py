"""The rules of a case, and the ports they need. Pure: the standard library and itself, time is an argument."""
