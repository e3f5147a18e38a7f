"""How tests are spread over the workers of one run (`pytest -n 2`): by file, or by what they share.

Journeys share a running site and the permission suite shares a world: each stays with one worker, and both
start first, because they take longest.
"""

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

STAGES = ("tests/journeys", "tests/permissions", "positivesocials/config")


def name_of(config: pytest.Config) -> str:
    """The name of this worker; nothing where tests run in one process."""
    return str(getattr(config, "workerinput", {}).get("workerid", ""))


def stage_of(nodeid: str) -> str:
    file = nodeid.split("::", 1)[0]
    return next((stage for stage in STAGES if file.startswith(f"{stage}/")), file)


def longest_first(items: list[pytest.Item]) -> None:
    ranks = {stage: rank for rank, stage in enumerate(STAGES)}
    items.sort(key=lambda item: ranks.get(stage_of(item.nodeid), len(STAGES)))


class ByStage(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out whole stages, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return stage_of(nodeid)
