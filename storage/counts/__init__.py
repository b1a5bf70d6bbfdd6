"""What is counted: for figures, assessment, corrections and health."""
