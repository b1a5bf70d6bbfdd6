"""Pages for people: the chat in the browser. Server-rendered, everything served locally."""
