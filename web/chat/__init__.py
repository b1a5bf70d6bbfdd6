"""The chat in the browser: several phones side by side, and a clock to push."""
