"""The task worker as a thread of the server: queued jobs and housekeeping."""

import threading

from django_tasks_db.management.commands.db_worker import Worker as TaskLoop

from positivesocials.core.jobs import HousekeepingThread

POLL_SECONDS = 0.5


class Worker:
    """Runs jobs one after the other until `stop()`, which lets the current one finish."""

    def __init__(self) -> None:
        self._loop = TaskLoop(
            queue_names=["*"],
            interval=POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="server",
            excluded_queue_names=[],
        )
        self._jobs = threading.Thread(target=self._loop.run, name="jobs", daemon=True)
        self._housekeeping = HousekeepingThread()

    def start(self) -> None:
        self._jobs.start()
        self._housekeeping.start()

    def stop(self) -> None:
        self._loop.running = False
        self._housekeeping.stop()
        self._jobs.join(timeout=10)
