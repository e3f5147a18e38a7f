"""Keys and sealed fields: the master key, one data key per owner, shredding. Knows nobody's meaning."""
