"""Runs a program and says what it took: CPU time and peak memory of that process alone."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Child:
    status: int
    cpu_s: float
    peak_rss_bytes: int
    output: str
    complaints: str


def run_child(
    command: list[str], folder: Path | None = None, environment: dict[str, str] | None = None,
    statuses: tuple[int, ...] = (0,),
) -> Child:
    """Runs `command` to its end; an exit status outside `statuses` is an error with its text."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL, stdout=output, stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        complaints.seek(0)
        child = Child(
            process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024,
            output.read(), complaints.read())
    if child.status not in statuses:
        raise RuntimeError(
            f"{' '.join(command[:3])} ... ended with {child.status}:\n{child.complaints[-2000:]}")
    return child
