"""The ledger in chat: cards, actions, menus, and how each kind of item begins."""
