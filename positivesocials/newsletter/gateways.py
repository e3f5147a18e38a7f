"""The line to the mail server: one connection for many letters, and after each the plain truth about it."""

import smtplib
from email.utils import parseaddr
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

OK = {250, 251}
BUSY = range(400, 500)


class Said(StrEnum):
    TAKEN = "taken"
    BUSY = "busy: it was not taken, but may be later"
    REFUSED = "refused: it was not taken"
    SILENT = "the line broke when it may have been taken"


class NoLine(Exception):
    """The mail server does not answer, or broke off before anything was handed over."""


class Line:
    """Use it as a context. `words` are the server's last ones, kept to be judged and never logged.

    `has_answered`: it said what becomes of one letter at least.
    """

    def __init__(self) -> None:
        self.words = ""
        self.is_broken = self.has_answered = False
        self._backend: Any = get_connection()

    def __enter__(self) -> Self:
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException):
            raise NoLine from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.is_broken:
            self._backend.close()
        elif isinstance(self._backend, EmailBackend) and self._backend.connection:
            # Without a last word: nobody may be there to hear it.
            self._backend.connection.close()

    def hand_over(self, message: EmailMessage, *, return_to: str) -> Said:
        """Raises `NoLine` while it is certain that nothing was taken."""
        if not isinstance(self._backend, EmailBackend):
            self._backend.send_messages([message])
            self.has_answered = True
            return Said.TAKEN
        server: Any = self._backend.connection
        try:
            wrong = self._name(server, message, return_to)
        except (OSError, smtplib.SMTPException):
            self.is_broken = True
            raise NoLine from None
        whole: Any = message.message()  # Django's, which knows of line ends; the type stubs do not.
        said = wrong or self._say(server, whole.as_bytes(linesep="\r\n"))
        self.has_answered |= said is not Said.SILENT
        return said

    def _name(self, server: Any, message: EmailMessage, return_to: str) -> Said | None:
        """Sender and reader, before any word of the letter."""
        server.ehlo_or_helo_if_needed()
        # Who refuses the sender refuses every letter: that is no word about this reader.
        if server.mail(return_to or parseaddr(message.from_email)[1])[0] not in OK:
            raise smtplib.SMTPException
        code, words = server.rcpt(_plain(message.to[0]))
        if code in OK:
            return None
        server.rset()
        return self._refusal(code, words)

    def _say(self, server: Any, raw: bytes) -> Said:
        try:
            code, words = server.data(raw)
        except smtplib.SMTPDataError as error:
            return self._refusal(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException):
            self.is_broken = True
            return Said.SILENT
        return Said.TAKEN if code in OK else self._refusal(code, words)

    def _refusal(self, code: int, words: bytes | str) -> Said:
        self.words = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        return Said.BUSY if code in BUSY else Said.REFUSED


def _plain(address: str) -> str:
    return parseaddr(sanitize_address(address, "utf-8"))[1]
