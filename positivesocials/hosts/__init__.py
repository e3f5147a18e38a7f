"""Members who welcome others: their training, and the badge beside their name."""
