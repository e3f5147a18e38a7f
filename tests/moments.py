"""Several acts in one moment, each in a thread of its own."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

from positivesocials.core.refusals import Refused
from positivesocials.vault import services as vault


def at_once(*acts: Any) -> list[Refused]:
    """Everything in the same moment. Returns what was refused; anything else that went wrong is raised."""
    gate, refused, broken = threading.Barrier(len(acts)), list[Refused](), list[Exception]()

    def run(act: Any) -> None:
        try:
            gate.wait(20)
            with vault.keys_open():
                act()
        except Refused as refusal:
            refused.append(refusal)
        except Exception as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert broken == []
    return refused


@contextmanager
def meanwhile(act: Any) -> Iterator[Future[Any]]:
    """What is done inside is not over yet when `act` begins beside it. Gives what `act` comes to."""

    def run() -> Any:
        try:
            with vault.keys_open():
                return act()
        finally:
            connections.close_all()

    ahead: Future[Any] = Future()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            yield ahead
            beside = pool.submit(run)
            time.sleep(0.3)
        ahead.set_result(beside.result(20))
