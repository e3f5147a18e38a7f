from pathlib import Path

import pytest

from positivesocials.home.selectors.claims import claims

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.test_in_words)
def test_every_promise_of_the_first_page_has_its_test(claim):
    file, _separator, name = claim.evidence.partition("::")

    assert f"def {name}(" in (REPOSITORY / file).read_text(encoding="utf-8")
