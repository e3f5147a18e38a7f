"""The process in which gathering/reading.py reads feeds of strangers' servers; never imported.

It reads one line of JSON (where the feed was read, and as what), then the feed, and writes one line of JSON.
What is slow by design of the sender costs seconds of this process and nothing of the site.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

SECONDS, MEMORY = 10, 1024**3


def lock() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from positivesocials.gathering import parsing

    lock()
    about, _line, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer = asdict(parsing.parse(data, **json.loads(about)))
    except parsing.No as no:
        answer = {"no": str(no)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
