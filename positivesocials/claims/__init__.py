"""Every figure and fact of the guides: its source, who confirmed it and when. Knows no page that prints one."""
