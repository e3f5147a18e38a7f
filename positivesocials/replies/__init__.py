"""Threads of replies that other contexts own one-to-one. Does not know what is replied to."""
