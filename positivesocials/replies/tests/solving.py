"""What a guest's browser does: solve the riddle."""

from typing import Any

import altcha

from positivesocials.replies import proofs


def solved(riddle: dict[str, Any] | None = None) -> str:
    asked = altcha.Challenge.from_dict(riddle or proofs.riddle())
    found = altcha.solve_challenge(asked, counter_start=proofs.FEWEST)
    assert found is not None
    return altcha.Payload(asked, found).to_base64()
