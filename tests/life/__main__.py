"""Ten thousand steps of random lives: `python -m tests.life --json`.

Prints `steps, lives, errors`: after each step each list, count, like, match and conversation of everybody was
held against the rules. Exits 1 if anything differed.
"""

import sys

from tests import ground

STEPS, A_LIFE = 10_000, 50


def run() -> ground.Figures:
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.life.machine import Life

    lives = errors = 0
    while Life.steps < STEPS:
        some = settings(
            max_examples=10,
            stateful_step_count=A_LIFE,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(Life, settings=some)
        except Exception as error:
            errors += 1
            print(f"  {type(error).__name__}: {error}", *getattr(error, "__notes__", ()), file=sys.stderr)
        lives += some.max_examples
        print(f"  {Life.steps} of {STEPS}", file=sys.stderr)
    return {"steps": Life.steps, "lives": lives, "errors": errors}


if __name__ == "__main__":
    sys.exit(ground.measured(run))
