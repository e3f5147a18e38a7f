"""Every figure and fact of the guides, its source and who confirmed it. Knows no page that prints one."""
