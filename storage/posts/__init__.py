"""Who works where: posts, leave, stand-ins, rosters and invitations."""
