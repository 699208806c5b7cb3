"""True errors of a simulated set's rig in terms of the sigmas that `cartcal solve` states."""

import numpy as np
from scipy.spatial.transform import Rotation

from .camera_pairs import truth_poses
from .cartcal import poses


def errors_over_sigmas(truth: dict, solution: dict) -> dict[str, float | int | None]:
    """The root of the mean squared Mahalanobis distance a degree of freedom: 1 is as foretold.

    Poses relative to the reference camera, and lenses whose model is the true one. Errors that all
    corners of a picture share (their detection, the board's shape) are outside the covariances.
    """
    true = truth_poses(truth)
    found = poses(solution)
    reference = solution["reference_camera"]
    pose, lens = [], []
    for name, camera in solution["cameras"].items():
        if name in found and name != reference and "pose_covariance" in camera:
            expected = np.linalg.inv(true[reference]) @ true[name]
            turn = Rotation.from_matrix(expected[:3, :3] @ found[name][:3, :3].T).as_rotvec()
            move = expected[:3, 3] - found[name][:3, 3]
            pose.append(_distance(np.concatenate([turn, move]), camera["pose_covariance"]))
        model = truth["cameras"][name]["model"].replace("kannala_brandt", "kannala_brandt4")
        if camera.get("model") == model and "lens_covariance" in camera:
            difference = _parameters(camera["parameters"]) - _parameters(truth["cameras"][name])
            lens.append(_distance(difference, camera["lens_covariance"]))
    return {
        "pose": _root_mean(pose), "pose_freedom": sum(f for _, f in pose),
        "lens": _root_mean(lens), "lens_freedom": sum(f for _, f in lens),
    }


def _parameters(camera: dict) -> np.ndarray:
    return np.array([camera[key] for key in ("fx", "fy", "cx", "cy")] + camera["distortion"])


def _distance(error: np.ndarray, covariance: dict) -> tuple[float, int]:
    """Squared distance and degrees of freedom; scaled, for metres stand beside coefficients."""
    matrix = np.reshape(covariance["values"], (len(error), len(error)))
    scale = np.sqrt(np.diag(matrix))
    scaled = error / scale
    return float(scaled @ np.linalg.solve(matrix / np.outer(scale, scale), scaled)), len(error)


def _root_mean(distances: list[tuple[float, int]]) -> float | None:
    if not distances:
        return None
    return float(np.sqrt(sum(d for d, _ in distances) / sum(f for _, f in distances)))
