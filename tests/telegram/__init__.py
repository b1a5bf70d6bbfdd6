"""The house against a Telegram server over HTTP: real processes, both libraries, polling and webhook."""
