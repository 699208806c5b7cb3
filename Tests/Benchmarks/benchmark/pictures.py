"""The picture sets: which board each shows, where its pictures and its truth are."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

SUFFIXES = {".jpg", ".jpeg", ".png", ".pgm"}


@dataclass(frozen=True)
class Picture:
    """One picture of one camera; `key` is the name used in every corner table."""

    camera: str
    path: Path

    @property
    def key(self) -> str:
        return self.path.name

    def grey(self) -> np.ndarray:
        """Grey levels, 8 bit, (height, width); a JPEG's luminance plane as it is stored."""
        image = cv2.imread(str(self.path), cv2.IMREAD_GRAYSCALE)
        if image is None:
            raise OSError(f"{self.path}: cannot be decoded")
        return image


@dataclass(frozen=True)
class PictureSet:
    """A folder of cameras that all look at one kind of board.

    `columns`, `rows` count inner corners, `square_m` is the side of a square in metres (where it
    is not known: 0.025, which changes distances only).
    """

    name: str
    folder: Path
    columns: int
    rows: int
    square_m: float = 0.025

    @property
    def board_word(self) -> str:
        return f"checkerboard:{self.columns}x{self.rows}:{self.square_m * 1000:g}mm"

    @property
    def corner_count(self) -> int:
        return self.columns * self.rows

    @cached_property
    def pictures(self) -> list[Picture]:
        """Every picture, cameras and names in alphabetical order."""
        return [
            Picture(folder.name, path)
            for folder in sorted(self.folder.iterdir())
            if folder.is_dir()
            for path in sorted(folder.iterdir())
            if path.suffix.lower() in SUFFIXES
        ]

    @cached_property
    def cameras(self) -> list[str]:
        return sorted({picture.camera for picture in self.pictures})

    @cached_property
    def greys(self) -> list[np.ndarray]:
        """The grey levels of `pictures`, in their order."""
        return [picture.grey() for picture in self.pictures]

    def picture_size(self, camera: str) -> tuple[int, int]:
        """(width, height) of most of a camera's pictures."""
        shapes = [
            grey.shape for picture, grey in zip(self.pictures, self.greys)
            if picture.camera == camera
        ]
        height, width = max(set(shapes), key=shapes.count)
        return width, height

    @cached_property
    def truth(self) -> dict | None:
        path = self.folder / "truth.json"
        return json.loads(path.read_text()) if path.exists() else None

    def board_points(self) -> np.ndarray:
        """(rows * columns, 3) points of the flat board in metres, in the board frame."""
        y, x = np.mgrid[: self.rows, : self.columns]
        points = np.stack([x, y, np.zeros_like(x)], -1).reshape(-1, 3)
        return points.astype(float) * self.square_m


SETS = {
    "opencv_stereo": (9, 6),
    "udacity_gopro_wide": (8, 6),
    "udacity_lanecam": (9, 6),
    "caliscope_chess8": (9, 6),
    "negatives_noboard": (9, 6),
    "simulated/easy": (10, 7),
    "simulated/cart6": (10, 7),
    "simulated/hard": (10, 7),
}


def picture_sets(data: Path, names: list[str]) -> dict[str, PictureSet]:
    """The named sets below the folder `data`; a set that is not there is an error."""
    sets = {name: PictureSet(name, data / name, *SETS[name]) for name in names}
    for picture_set in sets.values():
        if not picture_set.folder.is_dir():
            raise SystemExit(f"{picture_set.folder}: not found; pass the folder with --data")
    return sets
