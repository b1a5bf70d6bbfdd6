"""台账: what is no case, and lives as long as one: works, mediations, households, patrols, visits, notices, reviews."""
