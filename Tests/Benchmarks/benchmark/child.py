"""Runs a program and says what it took: CPU time and peak memory of that process alone."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# A child starts with its parent's peak memory on its account, and this process holds pictures:
# a small process in between, which reports to the file named first, keeps the figure clean.
LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.monotonic()
status = subprocess.call(sys.argv[2:])
wall_s = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as report:
    json.dump([status, usage.ru_utime + usage.ru_stime, wall_s, usage.ru_maxrss * 1024], report)
"""


class ChildFailed(Exception):
    """A program ended with an exit status that was not expected; the text says which and why."""


@dataclass
class Child:
    status: int
    cpu_s: float
    wall_s: float
    peak_rss_bytes: int
    output: str
    complaints: str


def run_child(
    command: list[str], folder: Path | None = None, environment: dict[str, str] | None = None,
    statuses: tuple[int, ...] = (0,), given: str = "",
) -> Child:
    """Runs `command` to its end with the text `given` as its input.

    Raises ChildFailed with the command's own text when its exit status is not in `statuses`.
    """
    with tempfile.NamedTemporaryFile("r") as report:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, report.name, *command], cwd=folder,
            env=os.environ | (environment or {}), input=given, text=True, capture_output=True,
            check=True)
        status, cpu_s, wall_s, peak_rss_bytes = json.load(report)
    if status not in statuses:
        name = " ".join([Path(command[0]).name, *command[1:2]])
        raise ChildFailed(f"{name} ended with {status}: {done.stderr[-2000:].strip()}")
    return Child(status, cpu_s, wall_s, peak_rss_bytes, done.stdout, done.stderr)
