"""What the console says once the instance is ready."""

from django.conf import settings

from positivesocials.home import services as home

DEMO = """
PositiveSocials is ready:  http://localhost:{port}

  This is a demo; everyone in it is invented.
  - Look around as someone else: the cards on the first page sign you in without a password.
  - Register yourself: mails are shown at http://localhost:{port}/mailbox/ instead of being sent.
  - Bring a text in as news: .venv/bin/positivesocials import-article FILE
  - A real, empty instance: make run DEMO=0

Stop with Ctrl+C.
"""

REAL = """
PositiveSocials is ready:  {origin}
{first}
  What is unsafe or unfinished: .venv/bin/positivesocials check
  Bring a text in as news:      .venv/bin/positivesocials import-article FILE

Stop with Ctrl+C.
"""

FIRST = """
  Nobody runs this instance yet. Become its operator with this link, which works once:
  {link}
"""


def text(port: int) -> str:
    if settings.DEMO:
        return DEMO.format(port=port)
    link = home.first_operator_link()
    return REAL.format(origin=settings.ORIGIN, first=FIRST.format(link=link) if link else "")
