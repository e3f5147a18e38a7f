"""A person who can sign in: address, sessions, joining and reset. Knows nothing of faces or names."""
