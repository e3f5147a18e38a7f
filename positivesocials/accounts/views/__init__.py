"""Pages of joining, of logging in, of the ways to log in, and of where one is logged in."""
