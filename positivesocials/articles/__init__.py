"""Guides and news with their sources. The only app that knows Wagtail."""
