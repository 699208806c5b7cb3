"""Corner grids of whole boards: arrays (rows * columns, 2) in pixels, row-major, or None.

Everybody's corners are brought to the project's convention: the centre of the top-left pixel is
(0, 0), columns x rows turn clockwise as seen in the picture, the square up-left of the first corner
is black (where columns + rows is odd; otherwise the board does not tell its ends apart and the
order stays as found).
"""

import json
from pathlib import Path

import cv2
import numpy as np

Grid = np.ndarray | None
# {camera: {picture name: Grid}}, the plain form of `cartcal solve --corners`
CornerTable = dict[str, dict[str, Grid]]


def save(table: CornerTable, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(
            {
                camera: {key: _rounded(grid) for key, grid in views.items()}
                for camera, views in table.items()
            }
        )
    )


def load(path: Path) -> CornerTable:
    return {
        camera: {
            key: None if grid is None else np.array(grid, float)  # null becomes NaN
            for key, grid in views.items()
        }
        for camera, views in json.loads(path.read_text()).items()
    }


def _rounded(grid: Grid) -> list | None:
    if grid is None:
        return None
    return [[None, None] if np.isnan(p[0]) else [round(float(v), 6) for v in p] for p in grid]


def in_convention(grid: Grid, columns: int, rows: int, grey: np.ndarray) -> Grid:
    """The same corners in the project's order; see the module's text."""
    if grid is None:
        return None
    table = grid.reshape(rows, columns, 2)
    along_x, along_y = table[0, -1] - table[0, 0], table[-1, 0] - table[0, 0]
    if along_x[0] * along_y[1] - along_x[1] * along_y[0] < 0:
        table = table[::-1]
    if (columns + rows) % 2 == 1 and _first_square_is_white(table, grey):
        table = table[::-1, ::-1]
    return np.ascontiguousarray(table.reshape(-1, 2))


def _first_square_is_white(table: np.ndarray, grey: np.ndarray) -> bool:
    """Whether the squares of the same colour as the one up-left of the first corner are white.

    The squares between the corners decide: the one between corners (0, 0) and (1, 1) touches the
    one up-left of (0, 0) at a corner, so both have the same colour.
    """
    centres = (table[:-1, :-1] + table[1:, 1:] + table[:-1, 1:] + table[1:, :-1]) / 4
    columns, rows = centres[..., 0].astype(np.float32), centres[..., 1].astype(np.float32)
    level = cv2.remap(grey, columns, rows, cv2.INTER_LINEAR).astype(float)
    odd = np.indices(level.shape).sum(0) % 2 == 1
    return bool(level[~odd].mean() > level[odd].mean())
