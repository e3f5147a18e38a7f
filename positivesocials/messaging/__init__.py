"""Private conversations and their live delivery. Does not know why they were opened."""
