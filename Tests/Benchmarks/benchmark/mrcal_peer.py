"""mrcal (Debian's package): its optimiser by itself, and its whole command-line tool."""

import json
import tempfile
from pathlib import Path

import numpy as np

from .child import run_child
from .corners import CornerTable
from .pictures import PictureSet

# The interpreter that Debian's python3-mrcal belongs to, which need not be the first in PATH.
DEBIAN_PYTHON = "/usr/bin/python3"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
LENS_MODELS = {"opencv5": "LENSMODEL_OPENCV5", "opencv8": "LENSMODEL_OPENCV8"}


def solve(
    pictures: PictureSet, table: CornerTable, lens: str, sizes: dict[str, tuple[int, int]],
    focal_px: dict[str, float], bare: bool,
) -> dict:
    """The answer of mrcal_solve.py; `bare` leaves out regularisation, rejection and board warp."""
    problem = {
        "cameras": [
            {"name": camera, "size": sizes[camera], "focal_px": focal_px[camera],
             "views": {
                 key.rsplit(".", 1)[0]: grid.tolist()
                 for key, grid in table[camera].items() if grid is not None}}
            for camera in pictures.cameras
        ],
        "columns": pictures.columns, "rows": pictures.rows, "square_m": pictures.square_m,
        "lens_model": LENS_MODELS[lens],
        "regularise": not bare, "reject_outliers": not bare, "board_warp": not bare,
    }
    program = Path(__file__).with_name("mrcal_solve.py")
    done = run_child(
        [DEBIAN_PYTHON, str(program)], environment=ONE_THREAD, given=json.dumps(problem))
    # mrcal prints while it works; the answer is the last line.
    return json.loads(done.output.splitlines()[-1]) | {"peak_rss_bytes": done.peak_rss_bytes}


def whole_tool(
    pictures: PictureSet, table: CornerTable, lens: str, focal_px: dict[str, float], bare: bool
) -> dict:
    """CPU seconds and peak memory of mrcal-calibrate-cameras on the same corners."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "corners.vnl"
        cache.write_text("\n".join(_corner_lines(table)) + "\n")
        suffix = pictures.pictures[0].path.suffix
        switches = ["--skip-regularization", "--skip-outlier-rejection",
                    "--skip-calobject-warp-solve"] if bare else []
        child = run_child(
            ["mrcal-calibrate-cameras", "--corners-cache", str(cache),
             "--lensmodel", LENS_MODELS[lens],
             "--focal", ",".join(f"{focal_px[camera]:g}" for camera in pictures.cameras),
             "--object-spacing", str(pictures.square_m),
             "--object-width-n", str(pictures.columns), "--object-height-n", str(pictures.rows),
             "--outdir", folder, *switches, *(f"{c}/*{suffix}" for c in pictures.cameras)],
            folder=pictures.folder, environment=ONE_THREAD)
        return {"cpu_s": child.cpu_s, "peak_rss_bytes": child.peak_rss_bytes}


def poses(solution: dict) -> dict[str, np.ndarray]:
    return {
        name: np.array(camera["reference_from_camera"])
        for name, camera in solution["cameras"].items()
    }


def _corner_lines(table: CornerTable) -> list[str]:
    lines = ["# filename x y level"]
    for camera, views in table.items():
        for key, grid in views.items():
            if grid is None:
                lines.append(f"{camera}/{key} - - -")
                continue
            for x, y in grid:
                lines.append(
                    f"{camera}/{key} " + ("-1 -1 -" if np.isnan(x) else f"{x:.6f} {y:.6f} 0"))
    return lines
