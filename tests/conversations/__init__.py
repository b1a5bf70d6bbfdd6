"""What people say and see."""
