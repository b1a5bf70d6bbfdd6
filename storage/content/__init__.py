"""What people gave us: their words and their pictures, apart from what refers to them, so that they can be erased."""
