"""Solves one problem with mrcal's Python API; runs under Debian's python3, which has mrcal.

Reads JSON from standard input:
  cameras     [{"name", "size": [w, h], "focal_px",
               "views": {instant: [[x, y] or [null, null], ...]}}]
  columns, rows, square_m, lens_model ("LENSMODEL_OPENCV8")
  regularise, reject_outliers, board_warp   (booleans: the final stage's)
Writes JSON: rms_px, cpu_s {seed, optimise}, and for each camera its parameters as mrcal orders
them and reference_from_camera (4x4).

The stages are those of the tool mrcal-calibrate-cameras 2.2: a stereographic seed, its poses, its
focal lengths, the wanted model with regularisation, then the final stage.
"""

import json
import sys
import time

import cv2  # noqa: F401  mrcal imports it within the timed seed otherwise
import mrcal
import numpy as np


def main() -> None:
    problem = json.load(sys.stdin)
    cameras = problem["cameras"]
    observations, frame_camera = observations_of(problem)
    sizes = np.array([camera["size"] for camera in cameras], dtype=np.int32)

    start = time.process_time()
    intrinsics, extrinsics, frames = mrcal.seed_stereographic(
        imagersizes=sizes, focal_estimate=[camera["focal_px"] for camera in cameras],
        indices_frame_camera=frame_camera, observations=observations,
        object_spacing=problem["square_m"])
    seeded = time.process_time()
    state = dict(
        extrinsics_rt_fromref=extrinsics, frames_rt_toref=frames, points=None,
        observations_board=observations, observations_point=None,
        indices_point_camintrinsics_camextrinsics=None, imagersizes=sizes,
        indices_frame_camintrinsics_camextrinsics=np.column_stack(
            [frame_camera, frame_camera[:, 1] - 1]).astype(np.int32),
        calibration_object_spacing=problem["square_m"], verbose=False)
    solution, intrinsics, warp = optimise(problem, state, intrinsics)
    end = time.process_time()

    residuals = solution["x"][: 2 * observations[..., 0].size].reshape(-1, 2)
    used = observations[..., 2].ravel() > 0
    poses = [np.eye(4)] + [np.linalg.inv(matrix(rt)) for rt in extrinsics]
    json.dump({
        "rms_px": float(np.sqrt((residuals[used] ** 2).sum() / used.sum())),
        "corners": int(used.sum()),
        "board_warp_m": None if warp is None else warp.tolist(),
        "cpu_s": {"seed": seeded - start, "optimise": end - seeded},
        "cameras": {
            camera["name"]: {
                "parameters": values.tolist(), "reference_from_camera": pose.tolist()}
            for camera, values, pose in zip(cameras, intrinsics, poses)
        },
    }, sys.stdout)


def observations_of(problem: dict) -> tuple[np.ndarray, np.ndarray]:
    """(views, rows, columns, 3) of x, y, weight and (views, 2) of frame, camera, by frame."""
    cameras = problem["cameras"]
    instants = sorted(set().union(*(camera["views"] for camera in cameras)))
    grids, indices = [], []
    for frame, instant in enumerate(instants):
        for index, camera in enumerate(cameras):
            if instant in camera["views"]:
                points = np.array(camera["views"][instant], dtype=float)
                weights = np.where(np.isnan(points[:, :1]), -1.0, 1.0)
                grids.append(np.hstack([np.nan_to_num(points), weights]))
                indices.append((frame, index))
    shape = (len(grids), problem["rows"], problem["columns"], 3)
    return np.reshape(grids, shape), np.array(indices, dtype=np.int32)


def optimise(
    problem: dict, state: dict, intrinsics: np.ndarray
) -> tuple[dict, np.ndarray, np.ndarray | None]:
    """The stages after the seed; returns the last one's statistics, intrinsics and board warp."""
    for free_core in (False, True):
        mrcal.optimize(
            intrinsics, lensmodel="LENSMODEL_STEREOGRAPHIC",
            do_optimize_intrinsics_core=free_core, do_optimize_intrinsics_distortions=False,
            do_optimize_calobject_warp=False, do_apply_outlier_rejection=False,
            do_apply_regularization=False, **state)
    model = problem["lens_model"]
    added = mrcal.lensmodel_num_params(model) - intrinsics.shape[1]
    distortion = np.random.default_rng(0).uniform(-1e-6, 1e-6, (len(intrinsics), added))
    distortion[:, 5:8] *= 1e-3  # rational terms start near 0, as in the tool
    intrinsics = np.hstack([intrinsics, distortion])
    settings = dict(lensmodel=model, **state)
    settings["do_apply_outlier_rejection"] = problem["reject_outliers"]
    mrcal.optimize(
        intrinsics, do_apply_regularization=True, do_optimize_calobject_warp=False, **settings)
    warp = np.zeros(2) if problem["board_warp"] else None
    settings.update(calobject_warp=warp, do_optimize_calobject_warp=problem["board_warp"])
    if not problem["regularise"]:
        mrcal.optimize(intrinsics, do_apply_regularization=True, **settings)
    solution = mrcal.optimize(
        intrinsics, do_apply_regularization=problem["regularise"], **settings)
    return solution, intrinsics, warp


def matrix(rt: np.ndarray) -> np.ndarray:
    """4x4 of mrcal's (rotation vector, translation)."""
    transform = np.eye(4)
    stacked = mrcal.Rt_from_rt(rt)  # the rotation's three rows, then the translation
    transform[:3, :3], transform[:3, 3] = stacked[:3], stacked[3]
    return transform


if __name__ == "__main__":
    main()
