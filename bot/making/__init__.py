"""What takes a while is made when it is sent: in a reader, outside of what writes, then kept as a message."""
