"""One box over what anybody may read: guides, news, open groups and their posts. Writes down no question."""
