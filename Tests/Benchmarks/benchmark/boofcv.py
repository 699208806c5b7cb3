"""BoofCV 0.43.1's chessboardX, in a Java process that stays alive between runs."""

import json
import subprocess
from pathlib import Path

import cv2
import numpy as np

from .corners import Grid
from .pictures import PictureSet

# One core: a serial collector, one processor seen by the library.
JAVA = ["java", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1", "-Xmx3g"]


class BoofCV:
    """Detects whole boards; one instance is one Java process with all loaded sets in memory.

    With `pool` the library runs its dense filters in a thread pool, as it does unless told
    otherwise, and the CPU time is that of the calling thread alone: not what a picture costs, but
    what a stopwatch around the call in one thread shows.
    """

    def __init__(self, class_path: str, cache: Path, pool: bool = False) -> None:
        self._cache = cache
        self._process = subprocess.Popen(
            [*JAVA, "-cp", class_path, "BoofDetector", *(["pool"] if pool else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def load(self, pictures: PictureSet) -> None:
        """Hands the set's grey pictures over; the same pixels that the other peers see."""
        paths = []
        for picture in pictures.pictures:
            path = self._cache / pictures.name / picture.camera / f"{picture.path.stem}.pgm"
            # Simulated pictures are made anew under their old names.
            if not path.exists() or path.stat().st_mtime < picture.path.stat().st_mtime:
                path.parent.mkdir(parents=True, exist_ok=True)
                cv2.imwrite(str(path), picture.grey())
            paths.append(str(path))
        fields = ["load", pictures.name, str(pictures.columns), str(pictures.rows), *paths]
        loaded = int(self._ask("\t".join(fields)))
        if loaded != len(paths):
            raise RuntimeError(f"BoofCV read {loaded} of {len(paths)} pictures")

    def run(self, pictures: PictureSet) -> list[tuple[float, Grid]]:
        """(CPU ms, corners) of each picture, in the set's order."""
        answer = json.loads(self._ask(f"run\t{pictures.name}"))
        return [(picture["cpu_ms"], _grid(picture["corners"])) for picture in answer]

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, request: str) -> str:
        self._process.stdin.write(request + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the Java program ended; its message is above")
        return answer


def _grid(corners: list | None) -> Grid:
    """BoofCV's pixel centres lie at +0.5."""
    return None if corners is None else np.array(corners, float) - 0.5
