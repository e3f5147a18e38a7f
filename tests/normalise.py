"""What two pages may differ in and still count as equal: the CSRF token and the date, and nothing else."""

import re

TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*(")')


def normalised(response) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a response, ready to be compared."""
    headers = {name: value for name, value in response.headers.items() if name != "Date"}
    return response.status_code, headers, TOKEN.sub(rb"\1token\2", response.content)
