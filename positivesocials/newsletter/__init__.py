"""Double opt-in subscription to the letter. Knows addresses, never accounts."""
