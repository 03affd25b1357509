"""The only writers of assisted mode: sessions, people and their contact data, mandates, letters, upkeep."""
