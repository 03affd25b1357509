"""How German text becomes words that can be found: pure calculation, without Django or a database."""
