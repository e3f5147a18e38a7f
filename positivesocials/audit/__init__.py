"""Who of the staff did what to what: appended, chained by hashes, never changed. Knows ids, no people."""
