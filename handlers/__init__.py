"""Conversations and cards. Knows chats, knows no framework and no database: works at `cases.desk.port.Desk`."""
