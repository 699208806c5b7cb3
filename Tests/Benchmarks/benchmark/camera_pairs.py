"""Errors of the relative poses of camera pairs against a simulated set's truth."""

from itertools import combinations

import numpy as np
from scipy.spatial.transform import Rotation


def truth_poses(truth: dict) -> dict[str, np.ndarray]:
    """4x4 `cart_from_camera` of every camera, metres."""
    poses = {}
    for name, camera in truth["cameras"].items():
        pose = camera["pose_cart_from_camera"]
        poses[name] = transform(np.reshape(pose["rotation"], (3, 3)), pose["translation"])
    return poses


def transform(rotation: np.ndarray, translation: list[float]) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = rotation, translation
    return matrix


def pair_errors(truth: dict, poses: dict[str, np.ndarray]) -> dict[str, float | int]:
    """Mean and greatest rotation (deg) and translation (mm) error over all pairs of `poses`.

    Of a pair (a, b) the pose `a_from_b` is compared: the angle of the rotation between true and
    solved, and the length of the difference of the translations. `poses` maps into any one frame.
    """
    true = truth_poses(truth)
    angles, lengths = [], []
    for a, b in combinations(sorted(set(true) & set(poses)), 2):
        expected = np.linalg.inv(true[a]) @ true[b]
        solved = np.linalg.inv(poses[a]) @ poses[b]
        turn = Rotation.from_matrix(expected[:3, :3].T @ solved[:3, :3])
        angles.append(np.rad2deg(turn.magnitude()))
        lengths.append(1e3 * np.linalg.norm(expected[:3, 3] - solved[:3, 3]))
    return {
        "cameras": len(set(true) & set(poses)),
        "rot_mean_deg": float(np.mean(angles)), "rot_max_deg": float(np.max(angles)),
        "trans_mean_mm": float(np.mean(lengths)), "trans_max_mm": float(np.max(lengths)),
    }
