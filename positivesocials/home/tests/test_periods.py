import re
from pathlib import Path

from positivesocials.core.keeping import ends_here

PAGE = Path(__file__).resolve().parents[1] / "content" / "privacy.md"
SECONDS = {"minutes": 60, "hours": 3600, "days": 24 * 3600}


def test_every_period_on_the_privacy_page_is_one_that_the_code_keeps_to():
    said = re.findall(r"(\d+) (minutes|hours|days)", PAGE.read_text())
    kept = {end.seconds for end in ends_here()}

    assert len(said) >= 6
    assert [f"{n} {unit}" for n, unit in said if int(n) * SECONDS[unit] not in kept] == []
