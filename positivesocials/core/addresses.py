"""E-mail addresses as this site compares them."""

import unicodedata


def normalised(address: str) -> str:
    """NFKC, casefolded, trimmed; nothing else, so that no two mailboxes become one."""
    return unicodedata.normalize("NFKC", address).strip().casefold()
