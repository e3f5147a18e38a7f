"""Blocks, and the one answer to whether two accounts may see or contact each other."""
