"""Addresses in what people write: found by local rules, never opened by us."""

import re

# Written out, or names that are hardly anything else. The rest count with something behind a slash.
OFTEN = "com|org|net|info|biz|app|dev|xyz|club|online|site|link|eu|uk|de|es|fr|nl"
NAME = r"(?:[^\W_][\w-]*\.)+"
LINK = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"]+|(?<![\w@.]){NAME}(?:(?:{OFTEN})(?![\w-])(?:/[^\s<>\"]*)?|[^\W\d_]{{2,}}/[^\s<>\"]+)",
    re.IGNORECASE,
)
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\W\d_]{2,}")


def has_link(text: str) -> bool:
    """Whether there is an address of the web or of mail in it."""
    return bool(LINK.search(text) or MAIL.search(text))
