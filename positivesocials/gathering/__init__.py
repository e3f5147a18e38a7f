"""News of other sites: their feeds, read politely, and entries that wait. An editor lets them in."""
