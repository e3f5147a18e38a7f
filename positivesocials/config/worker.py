"""The task worker as threads of the server: jobs and housekeeping."""

from uuid import uuid4

from positivesocials.core import work
from positivesocials.core.jobs import HousekeepingThread


class Worker:
    """Works until `stop()`, which lets the current job finish."""

    def __init__(self) -> None:
        self._jobs = work.JobsThread(worker=uuid4().hex)
        self._housekeeping = HousekeepingThread()

    def start(self) -> None:
        work.take_over_from_the_last_start()
        self._jobs.start()
        self._housekeeping.start()

    def stop(self) -> None:
        self._housekeeping.stop()
        self._jobs.stop()
