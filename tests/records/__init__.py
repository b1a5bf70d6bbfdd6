"""What is kept, brought in, taken out and erased."""
