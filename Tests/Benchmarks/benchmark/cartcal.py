"""The program under test, through its command line alone."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import corners
from .child import Child, run_child
from .corners import CornerTable, Grid
from .pictures import PictureSet

# Pass, marginal or not asked; or done with a verdict of fail, which still writes the JSON.
DONE = (0, 1)


@dataclass
class Detection:
    """One picture's answer: `grid` only of a complete board, with NaN where a corner is missing."""

    cpu_ms: float
    status: str
    reason: str | None
    grid: Grid


class Cartcal:
    def __init__(self, program: Path) -> None:
        self._program = str(program)

    def detect(self, pictures: PictureSet) -> list[Detection]:
        """All pictures of the set in one process; decoding is not in `cpu_ms`."""
        with tempfile.TemporaryDirectory() as folder:
            answer = Path(folder) / "detect.json"
            paths = [str(picture.path) for picture in pictures.pictures]
            run_child(
                [self._program, "detect", *paths, "--board", pictures.board_word,
                 "--json", str(answer), "--threads", "1"], statuses=DONE)
            images = json.loads(answer.read_text())["images"]
        return [self._detection(images[path], pictures) for path in paths]

    def _detection(self, image: dict, pictures: PictureSet) -> Detection:
        grid = None
        if image["status"] == "complete":
            grid = np.full((pictures.corner_count, 2), np.nan)
            for corner in image["corners"]:
                index = corner["row"] * pictures.columns + corner["column"]
                grid[index] = corner["x"], corner["y"]
        return Detection(image["cpu_ms"], image["status"], image.get("reason"), grid)

    def solve(
        self, pictures: PictureSet, lens: str, table: CornerTable | None = None,
        bare: bool = False, threads: int = 1, more: tuple[str, ...] = (),
        cameras: list[str] | None = None,
    ) -> tuple[dict, Child]:
        """`cartcal solve` of the set, or of some of its cameras; its JSON and what it took.

        `table` are corners in the plain form instead of detecting; `bare` means without rejection
        and without board warp; one thread unless `threads` says otherwise.
        """
        with tempfile.TemporaryDirectory() as folder:
            session = _session(pictures, cameras or pictures.cameras, Path(folder))
            answer = Path(folder) / "solve.json"
            command = [self._program, "solve", str(session), "--board", pictures.board_word,
                       "--lens", lens, "--json", str(answer), "--threads", str(threads), *more]
            if table is not None:
                given = Path(folder) / "corners.json"
                corners.save({c: table[c] for c in cameras or pictures.cameras}, given)
                command += ["--corners", str(given)]
            if bare:
                command += ["--no-rejection", "--no-warp"]
            child = run_child(command, statuses=DONE)
            return json.loads(answer.read_text()), child


def poses(solution: dict) -> dict[str, np.ndarray]:
    """4x4 `reference_from_camera` of every camera that has a pose."""
    result = {}
    for name, camera in solution["cameras"].items():
        pose = camera.get("reference_from_camera")
        if pose is None:
            continue
        matrix = np.eye(4)
        matrix[:3, :3] = _rotation(pose["rotation_wxyz"])
        matrix[:3, 3] = pose["translation_m"]
        result[name] = matrix
    return result


def _rotation(wxyz: list[float]) -> np.ndarray:
    w, x, y, z = np.array(wxyz) / np.linalg.norm(wxyz)
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ])


def _session(pictures: PictureSet, cameras: list[str], folder: Path) -> Path:
    """The set itself, or a folder that holds the wanted cameras only, as links to the set's."""
    if cameras == pictures.cameras:
        return pictures.folder
    session = folder / "session"
    session.mkdir()
    for camera in cameras:
        (session / camera).symlink_to((pictures.folder / camera).resolve())
    return session
