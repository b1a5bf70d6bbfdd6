"""What is understood of messages."""
