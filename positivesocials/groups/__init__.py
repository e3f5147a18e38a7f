"""Community groups, membership and posts."""
