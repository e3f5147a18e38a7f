"""Posts, pages and comments of a WordPress export as news and replies. Knows what it brought in."""
