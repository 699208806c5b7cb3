"""OpenCV 5.0.0.93's three ways to find a chessboard, on one thread."""

import time
from collections.abc import Callable

import cv2
import numpy as np

from .corners import Grid
from .pictures import PictureSet

Finder = Callable[[np.ndarray, tuple[int, int]], Grid]

CLASSIC = cv2.CALIB_CB_ADAPTIVE_THRESH | cv2.CALIB_CB_NORMALIZE_IMAGE
EXHAUSTIVE = cv2.CALIB_CB_EXHAUSTIVE | cv2.CALIB_CB_ACCURACY
UNTIL = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 30, 0.001)


def classic(grey: np.ndarray, board: tuple[int, int]) -> Grid:
    """The usual recipe: quads on a threshold, then cornerSubPix."""
    found, corners = cv2.findChessboardCorners(grey, board, flags=CLASSIC)
    return _refined(grey, corners, board) if found else None


def sector_based(grey: np.ndarray, board: tuple[int, int]) -> Grid:
    found, corners = cv2.findChessboardCornersSB(grey, board)
    return corners.reshape(-1, 2).astype(float) if found else None


def sector_based_exhaustive(grey: np.ndarray, board: tuple[int, int]) -> Grid:
    found, corners = cv2.findChessboardCornersSB(grey, board, flags=EXHAUSTIVE)
    return corners.reshape(-1, 2).astype(float) if found else None


def sector_based_refined(grey: np.ndarray, board: tuple[int, int]) -> Grid:
    """The most accurate of OpenCV's ways on simulated pictures: SB, then cornerSubPix."""
    found, corners = cv2.findChessboardCornersSB(grey, board)
    return _refined(grey, corners, board) if found else None


def _refined(grey: np.ndarray, corners: np.ndarray, board: tuple[int, int]) -> np.ndarray:
    """cornerSubPix with a half window of 0.4 squares (the smallest side counts), 2 to 11 px.

    A fixed window of 11 px reaches into the next corner on small boards and loses by it.
    """
    table = corners.reshape(board[1], board[0], 2)
    sides = (np.linalg.norm(np.diff(table, axis=axis), axis=-1).min() for axis in (0, 1))
    half = int(np.clip(0.4 * min(sides), 2, 11))
    refined = cv2.cornerSubPix(grey, corners, (half, half), (-1, -1), UNTIL)
    return refined.reshape(-1, 2).astype(float)


class OpenCV:
    """One of the finders above, timed picture by picture."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def load(self, pictures: PictureSet) -> None:
        """Nothing to do: the set itself keeps its decoded pictures."""

    def run(self, pictures: PictureSet) -> list[tuple[float, Grid]]:
        """(CPU ms, corners) of each picture, in the set's order."""
        results = []
        for grey in pictures.greys:
            start = time.thread_time_ns()
            grid = self._finder(grey, (pictures.columns, pictures.rows))
            results.append(((time.thread_time_ns() - start) / 1e6, grid))
        return results

    def close(self) -> None:
        """Nothing to end."""
