"""Boards found, CPU a picture and corner error of every detector on every set."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from . import opencv_detection
from .boofcv import BoofCV
from .cartcal import Cartcal, Detection
from .corners import CornerTable, Grid, in_convention
from .pictures import PictureSet

BOOFCV = "BoofCV"
BOOFCV_POOL = "BoofCV, calling thread"
CLASSIC = "OpenCV classic"
SB = "OpenCV SB"
SB_EXHAUSTIVE = "OpenCV SB exhaustive"
SB_REFINED = "OpenCV SB + cornerSubPix"
CARTCAL = "cartcal"

WARM_UP_RUNS = 3
# A detector that has used this much CPU on a set is not run on it again.
ENOUGH_SECONDS = 10.0


class Peer(Protocol):
    def load(self, pictures: PictureSet) -> None: ...
    def run(self, pictures: PictureSet) -> list[tuple[float, Grid]]: ...
    def close(self) -> None: ...


def start_peers(class_path: str, cache: Path) -> dict[str, Peer]:
    """Every peer by its name in the table."""
    return {
        BOOFCV: BoofCV(class_path, cache / "grey"),
        BOOFCV_POOL: BoofCV(class_path, cache / "grey", pool=True),
        CLASSIC: opencv_detection.OpenCV(opencv_detection.classic),
        SB: opencv_detection.OpenCV(opencv_detection.sector_based),
        SB_REFINED: opencv_detection.OpenCV(opencv_detection.sector_based_refined),
        SB_EXHAUSTIVE: opencv_detection.OpenCV(opencv_detection.sector_based_exhaustive),
    }


@dataclass
class SetResult:
    """One detector on one set; `grids` as in the project's convention."""

    cpu_ms: float
    runs: int
    statuses: dict[str, int]
    grids: CornerTable
    error: dict[str, float] | None
    unfound: dict[str, str]

    def summary(self) -> dict:
        return {
            "cpu_ms_a_picture": self.cpu_ms, "runs": self.runs, "boards": self.statuses,
            "not_complete": self.unfound, "corner_error_px": self.error,
        }


def for_corners(pictures: PictureSet) -> list[str]:
    """The detectors whose corners the solves need."""
    if pictures.truth:
        return [BOOFCV, SB_REFINED]
    return [BOOFCV, CLASSIC, SB_EXHAUSTIVE]


def for_quick_timing(pictures: PictureSet) -> list[str]:
    """All but OpenCV's SB, which takes most of the time."""
    return [BOOFCV, BOOFCV_POOL, CLASSIC]


def for_timing(pictures: PictureSet) -> list[str]:
    """All detectors; SB with cornerSubPix only where its accuracy can be told."""
    always = [BOOFCV, BOOFCV_POOL, CLASSIC, SB, SB_EXHAUSTIVE]
    return [*always, SB_REFINED] if pictures.truth else always


def measure(
    pictures: PictureSet, peers: dict[str, Peer], cartcal: Cartcal | None, runs: int
) -> dict[str, SetResult]:
    """All detectors in turn, `runs` times, so that a drift of the machine meets them alike.

    CPU a picture: the median of its runs, then the mean over the set.
    """
    timings: dict[str, list[list[float]]] = {name: [] for name in [*peers, CARTCAL]}
    answers: dict[str, list[Detection]] = {}
    for peer in peers.values():
        peer.load(pictures)
        if isinstance(peer, BoofCV):
            for _ in range(WARM_UP_RUNS):
                peer.run(pictures)
    for run in range(runs):
        print(f"{pictures.name}: detection, run {run + 1} of {runs}", file=sys.stderr)
        if cartcal is not None:
            answers[CARTCAL] = cartcal.detect(pictures)
            timings[CARTCAL].append([answer.cpu_ms for answer in answers[CARTCAL]])
        for name, peer in peers.items():
            if sum(map(sum, timings[name])) < ENOUGH_SECONDS * 1e3:
                found = peer.run(pictures)
                timings[name].append([cpu_ms for cpu_ms, _ in found])
                answers[name] = _in_convention(pictures, found)
    return {
        name: _result(pictures, timings[name], answer) for name, answer in answers.items()
    }


def _in_convention(pictures: PictureSet, found: list[tuple[float, Grid]]) -> list[Detection]:
    """A peer finds whole boards or nothing."""
    return [
        Detection(cpu_ms, "none" if grid is None else "complete", None,
                  in_convention(grid, pictures.columns, pictures.rows, grey))
        for grey, (cpu_ms, grid) in zip(pictures.greys, found)
    ]


def _result(
    pictures: PictureSet, timings: list[list[float]], answers: list[Detection]
) -> SetResult:
    grids: CornerTable = {camera: {} for camera in pictures.cameras}
    statuses = {"complete": 0, "anchored": 0, "unanchored": 0, "none": 0}
    unfound = {}
    for picture, answer in zip(pictures.pictures, answers):
        grids[picture.camera][picture.key] = answer.grid
        statuses[answer.status] += 1
        if answer.status != "complete":
            reason = f": {answer.reason}" if answer.reason else ""
            unfound[f"{picture.camera}/{picture.key}"] = answer.status + reason
    cpu_ms = float(np.median(timings, axis=0).mean())
    error = corner_error(pictures, grids) if pictures.truth else None
    return SetResult(cpu_ms, len(timings), statuses, grids, error, unfound)


def corner_error(pictures: PictureSet, grids: CornerTable) -> dict[str, float] | None:
    """Distance to the truth, identities as given: nothing is matched by nearness.

    `rms_per_axis_px` is sqrt(sum(dx^2 + dy^2) / (2 points)); median and worst are of distances;
    `wrong_identity` counts boards whose every corner is over 3 px off. Corners of which the truth
    has no position (outside, covered) are left out and counted.
    """
    distances, wrong, without_truth = [], 0, 0
    for picture in pictures.pictures:
        grid = grids[picture.camera].get(picture.key)
        if grid is None:
            continue
        positions = pictures.truth["corners"][picture.camera].get(str(int(picture.path.stem)))
        if positions is None:  # the picture shows no board at all
            wrong += 1
            continue
        true = np.array([[np.nan, np.nan] if p is None else p for p in positions])
        distance = np.linalg.norm(grid - true, axis=1)
        without_truth += int((np.isnan(true[:, 0]) & ~np.isnan(grid[:, 0])).sum())
        wrong += int(np.nanmin(distance) > 3)
        distances.append(distance[~np.isnan(distance)])
    if not distances:
        return None
    all_distances = np.concatenate(distances)
    return {
        "corners": len(all_distances),
        "rms_per_axis_px": float(np.sqrt(np.mean(all_distances**2) / 2)),
        "median_px": float(np.median(all_distances)),
        "worst_px": float(all_distances.max()),
        "wrong_identity": wrong,
        "without_truth": without_truth,
    }
