"""OpenCV 5.0.0.93's calibration: one camera, a stereo pair, a chain over several cameras."""

import time
from dataclasses import dataclass, field

import cv2
import numpy as np

from .corners import CornerTable, Grid
from .pictures import PictureSet

LENS_FLAGS = {"opencv5": 0, "opencv8": cv2.CALIB_RATIONAL_MODEL}


@dataclass
class Lens:
    matrix: np.ndarray
    distortion: np.ndarray
    rms_px: float


@dataclass
class Solved:
    """What a peer's solve gives: poses are 4x4 `reference_from_camera`, metres."""

    rms_px: float
    lenses: dict[str, Lens]
    poses: dict[str, np.ndarray]
    cpu_s: dict[str, float] = field(default_factory=dict)


def _views(table: CornerTable, camera: str) -> dict[str, np.ndarray]:
    """The camera's views by file stem, so that equal stems are the same instant."""
    return {
        key.rsplit(".", 1)[0]: grid.astype(np.float32)
        for key, grid in table[camera].items() if grid is not None
    }


def _seen(points: np.ndarray, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    known = ~np.isnan(grid[:, 0])
    return points[known], grid[known]


def calibrate(
    pictures: PictureSet, table: CornerTable, camera: str, lens: str, size: tuple[int, int]
) -> Lens:
    points = pictures.board_points().astype(np.float32)
    pairs = [_seen(points, grid) for grid in _views(table, camera).values()]
    rms, matrix, distortion, *_ = cv2.calibrateCamera(
        [p for p, _ in pairs], [q for _, q in pairs], size, None, None, flags=LENS_FLAGS[lens])
    return Lens(matrix, distortion, rms)


def solve_stereo(
    pictures: PictureSet, table: CornerTable, lens: str, sizes: dict[str, tuple[int, int]]
) -> Solved:
    """Each camera alone, then both together with everything free, on the frames both have."""
    a, b = pictures.cameras
    start = time.thread_time()
    lenses = {c: calibrate(pictures, table, c, lens, sizes[c]) for c in (a, b)}
    alone = time.thread_time()
    views = [_views(table, c) for c in (a, b)]
    shared = sorted(views[0].keys() & views[1].keys())
    points = pictures.board_points().astype(np.float32)
    rms, ka, da, kb, db, rotation, translation, *_ = cv2.stereoCalibrate(
        [points] * len(shared), [views[0][k] for k in shared], [views[1][k] for k in shared],
        lenses[a].matrix, lenses[a].distortion, lenses[b].matrix, lenses[b].distortion, sizes[a],
        flags=cv2.CALIB_USE_INTRINSIC_GUESS | LENS_FLAGS[lens])
    end = time.thread_time()
    # stereoCalibrate's RMS divides by the points of both cameras: the project's definition.
    joint = {a: Lens(ka, da, lenses[a].rms_px), b: Lens(kb, db, lenses[b].rms_px)}
    poses = {a: np.eye(4), b: np.linalg.inv(_transform(rotation, translation))}
    cpu = {"calibrateCamera": alone - start, "stereoCalibrate": end - alone}
    return Solved(rms, joint, poses, cpu)


def solve_chain(
    pictures: PictureSet, table: CornerTable, lens: str, sizes: dict[str, tuple[int, int]]
) -> Solved:
    """Each camera alone, then stereoCalibrate with fixed lenses along a tree of camera pairs.

    The tree connects every camera to the first one through the pairs with the most shared frames.
    """
    start = time.thread_time()
    cameras = pictures.cameras
    lenses = {c: calibrate(pictures, table, c, lens, sizes[c]) for c in cameras}
    alone = time.thread_time()
    views = {c: _views(table, c) for c in cameras}
    points = pictures.board_points().astype(np.float32)
    poses = {cameras[0]: np.eye(4)}
    while len(poses) < len(cameras):
        candidates = [
            (len(views[a].keys() & views[b].keys()), a, b)
            for a in poses for b in cameras if b not in poses
        ]
        count, a, b = max(candidates)
        if count == 0:
            break
        shared = sorted(views[a].keys() & views[b].keys())
        *_, rotation, translation, _, _ = cv2.stereoCalibrate(
            [points] * len(shared), [views[a][k] for k in shared], [views[b][k] for k in shared],
            lenses[a].matrix, lenses[a].distortion, lenses[b].matrix, lenses[b].distortion,
            sizes[a], flags=cv2.CALIB_FIX_INTRINSIC | LENS_FLAGS[lens])
        poses[b] = poses[a] @ np.linalg.inv(_transform(rotation, translation))
    cpu = {"calibrateCamera": alone - start, "stereoCalibrate": time.thread_time() - alone}
    squares = [lens.rms_px**2 for lens in lenses.values()]
    return Solved(float(np.sqrt(np.mean(squares))), lenses, poses, cpu)


def _transform(rotation: np.ndarray, translation: np.ndarray) -> np.ndarray:
    transform = np.eye(4)
    transform[:3, :3], transform[:3, 3] = rotation, translation.ravel()
    return transform
