"""People in a chat: posts and leave, rosters, lessons, groups, and what is kept of a person."""
