"""Campaigns: making a service or a project known, and looking at what came of it."""
