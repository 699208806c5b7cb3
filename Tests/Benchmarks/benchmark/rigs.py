"""Solving side by side: the stereo pair's joint optimum, and the simulated rigs' poses."""

import json
import sys

import numpy as np

from . import cartcal as ours
from . import corners, mrcal_peer, opencv_solving
from .camera_pairs import pair_errors
from .cartcal import Cartcal
from .corners import CornerTable
from .opencv_solving import Solved
from .pictures import PictureSet
from .true_errors import errors_over_sigmas

# The start mrcal asks for, near enough for the stereo pair's 640x480 cameras.
STEREO_FOCAL_PX = 500.0


def joint_stereo(pictures: PictureSet, cartcal: Cartcal | None, runs: int) -> dict[str, dict]:
    """The set's own SB corners, opencv5, no rejection, no warp: same optimum, at what cost."""
    table = corners.load(pictures.folder / "corners_opencv_sb.json")
    sizes = {camera: pictures.picture_size(camera) for camera in pictures.cameras}
    focal = dict.fromkeys(pictures.cameras, STEREO_FOCAL_PX)
    opencv, mrcal, tool, own = [], [], [], []
    for run in range(runs):
        print(f"{pictures.name}: joint solve, run {run + 1} of {runs}", file=sys.stderr)
        if cartcal is not None:
            own.append(cartcal.solve(pictures, "opencv5", table, bare=True))
        opencv.append(opencv_solving.solve_stereo(pictures, table, "opencv5", sizes))
        mrcal.append(mrcal_peer.solve(pictures, table, "opencv5", sizes, focal, bare=True))
        tool.append(mrcal_peer.whole_tool(pictures, table, "opencv5", focal, bare=True))
    result = {"OpenCV": _opencv(opencv), "mrcal": _mrcal(mrcal, tool)}
    if own:
        result["cartcal"] = _cartcal(own)
    return result


def simulated_rig(
    pictures: PictureSet, tables: dict[str, CornerTable], cartcal: Cartcal | None, runs: int
) -> dict[str, dict]:
    """Poses of camera pairs against the truth; `tables` holds peers' corners by detector.

    mrcal solves OPENCV8 with its defaults (regularisation, rejection, board warp); OpenCV chains
    the cameras pair by pair with the better of opencv5 and opencv8.
    """
    rig = json.loads((pictures.folder / "rig.json").read_text())
    focal = {camera["name"]: camera["nominal_focal_px"] for camera in rig["cameras"]}
    sizes = {camera: pictures.picture_size(camera) for camera in pictures.cameras}
    opencv: dict[str, list[Solved]] = {}
    mrcal, tool, own = [], [], []
    boofcv = tables["BoofCV"]
    for run in range(runs):
        print(f"{pictures.name}: whole rig, run {run + 1} of {runs}", file=sys.stderr)
        if cartcal is not None:
            own.append(cartcal.solve(pictures, "auto"))
        for name, table in tables.items():
            for lens in ("opencv5", "opencv8"):
                opencv.setdefault(f"OpenCV chain, {lens}, corners of {name}", []).append(
                    opencv_solving.solve_chain(pictures, table, lens, sizes))
        mrcal.append(mrcal_peer.solve(pictures, boofcv, "opencv8", sizes, focal, bare=False))
        if run == 0:
            tool.append(mrcal_peer.whole_tool(pictures, boofcv, "opencv8", focal, bare=False))
    name = "mrcal OPENCV8, corners of BoofCV"
    result = {name: _mrcal(mrcal, tool)}
    result[name]["pairs"] = pair_errors(pictures.truth, mrcal_peer.poses(mrcal[-1]))
    for name, solved in opencv.items():
        result[name] = _opencv(solved)
        result[name]["pairs"] = pair_errors(pictures.truth, solved[-1].poses)
    if own:
        result["cartcal"] = _cartcal(own)
        result["cartcal"]["pairs"] = pair_errors(pictures.truth, ours.poses(own[-1][0]))
        result["cartcal"]["over_sigmas"] = errors_over_sigmas(pictures.truth, own[-1][0])
    return result


def from_nothing(pictures: PictureSet, cartcal: Cartcal) -> dict:
    """A single camera, no focal guess, no lens model given."""
    solution, _ = cartcal.solve(pictures, "auto")
    camera = solution["cameras"][pictures.cameras[0]]
    return {
        "pictures": len(pictures.pictures),
        "used_views": camera["views"] + camera["unanchored_views"],
        **{key: camera[key] for key in ("model", "rms_px", "holdout_rms_px")},
        "findings": [finding["code"] for finding in solution["findings"]],
    }


def _opencv(runs: list[Solved]) -> dict:
    last = runs[-1]
    stages = {stage: float(np.median([r.cpu_s[stage] for r in runs])) for stage in last.cpu_s}
    return {
        "rms_px": last.rms_px, "cpu_s": stages,
        "solve_cpu_s": float(np.median([sum(run.cpu_s.values()) for run in runs])),
        "fx": {camera: float(lens.matrix[0, 0]) for camera, lens in last.lenses.items()},
    }


def _mrcal(runs: list[dict], tool: list[dict]) -> dict:
    last = runs[-1]
    stages = {stage: float(np.median([r["cpu_s"][stage] for r in runs])) for stage in last["cpu_s"]}
    return {
        "rms_px": last["rms_px"], "cpu_s": stages,
        "solve_cpu_s": float(np.median([sum(run["cpu_s"].values()) for run in runs])),
        "whole_cpu_s": float(np.median([run["cpu_s"] for run in tool])),
        "peak_rss_bytes": max(run["peak_rss_bytes"] for run in runs),
        "whole_peak_rss_bytes": max(run["peak_rss_bytes"] for run in tool),
        "fx": {name: camera["parameters"][0] for name, camera in last["cameras"].items()},
    }


def _cartcal(runs: list[tuple[dict, ours.Child]]) -> dict:
    last, _ = runs[-1]
    stages = {
        stage: float(np.median([solution["timing_s"][stage] for solution, _ in runs]))
        for stage in last["timing_s"]
    }
    solve = [s["timing_s"]["start"] + s["timing_s"]["solve"] for s, _ in runs]
    return {
        "rms_px": last["rms_px"], "cpu_s": stages, "solve_cpu_s": float(np.median(solve)),
        "whole_cpu_s": float(np.median([child.cpu_s for _, child in runs])),
        "peak_rss_bytes": max(child.peak_rss_bytes for _, child in runs),
        "fx": {name: camera["parameters"]["fx"] for name, camera in last["cameras"].items()},
        "models": {name: camera["model"] for name, camera in last["cameras"].items()},
        "used_views": {
            name: camera["views"] + camera["unanchored_views"]
            for name, camera in last["cameras"].items()},
        "findings": [finding["code"] for finding in last["findings"]],
        "verdict": last["verdict"],
    }
