"""Double opt-in subscription to the letter."""
