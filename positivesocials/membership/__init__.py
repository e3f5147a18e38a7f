"""The promise: the member count towards 100,000 and the versioned terms."""
