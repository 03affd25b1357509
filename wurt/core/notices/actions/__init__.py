"""The only writers of notices: following, preferences, spreading, letters, upkeep."""
