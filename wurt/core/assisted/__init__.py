"""Acting for somebody else: on the phone, at the counter, with a mandate."""
