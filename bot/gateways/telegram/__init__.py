"""Telegram: one gateway, two libraries to choose from, updates by polling or by webhook."""
