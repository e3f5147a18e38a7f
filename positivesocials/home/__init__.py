"""Landing page, home, legal pages and the opening checklist. Owns no rows."""
