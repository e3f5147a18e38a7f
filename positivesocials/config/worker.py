"""The task worker as threads of the server: queued jobs and housekeeping."""

from uuid import uuid4

from positivesocials.core import queue
from positivesocials.core.jobs import HousekeepingThread


class Worker:
    """Works until `stop()`, which lets the current job finish."""

    def __init__(self) -> None:
        self._jobs = queue.JobsThread(worker=uuid4().hex)
        self._housekeeping = HousekeepingThread()

    def start(self) -> None:
        queue.take_over_from_the_last_start()
        self._jobs.start()
        self._housekeeping.start()

    def stop(self) -> None:
        self._housekeeping.stop()
        self._jobs.stop()
