"""People: their posts, chats and telephone numbers, sealed; who is there, who is not listened to, who is one person."""
