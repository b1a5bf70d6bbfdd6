"""What comes in and what goes out: inbox and outbox, conversations, receipts, pace, and what could not be delivered."""
