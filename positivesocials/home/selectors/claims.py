"""What the first page promises, each with its test. A claim without one fails the build."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Claim:
    words: Promise
    evidence: str

    @property
    def test_in_words(self) -> str:
        return self.evidence.rpartition("::test_")[2].replace("_", " ")


def claims() -> Sequence[Claim]:
    return (
        Claim(
            _(
                "What you write in private is sealed in our database, under a key for each account. The "
                "running server has to open it to show it to you; the database alone does not give it away."
            ),
            "positivesocials/vault/tests/test_sealed_fields.py"
            "::test_a_sealed_text_comes_back_and_is_not_in_the_row",
        ),
        Claim(
            _("Under an alias you are somebody else. Its name, picture and pages lead no member to you."),
            "positivesocials/groups/tests/test_views.py::test_nothing_ties_an_alias_to_the_name",
        ),
        Claim(
            _("One block hides each of you from the other, everywhere and at once, and nobody is told."),
            "positivesocials/safety/tests/test_blocks.py::test_a_block_hides_both_from_each_other",
        ),
    )
