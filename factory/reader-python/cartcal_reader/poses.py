"""Rigid transforms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pose:
    """`A_from_B`: takes points of B to A. `rotation` 3 x 3, `translation` 3, metres."""

    rotation: np.ndarray
    translation: np.ndarray

    @staticmethod
    def from_json(value: dict) -> Pose:
        """From `{"rotation_wxyz": [...], "translation_m": [...]}`."""
        quaternion = np.array(value["rotation_wxyz"], dtype=float)
        translation = np.array(value["translation_m"], dtype=float)
        if quaternion.shape != (4,) or abs(quaternion @ quaternion - 1) > 1e-6:
            raise ValueError("a unit quaternion of four numbers was expected")
        if translation.shape != (3,):
            raise ValueError("three numbers were expected")
        w, x, y, z = quaternion / np.sqrt(quaternion @ quaternion)
        return Pose(
            np.array([
                [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
            ]), translation)

    def apply(self, points: np.ndarray) -> np.ndarray:
        """Points, shape (..., 3)."""
        return np.asarray(points) @ self.rotation.T + self.translation

    def inverse(self) -> Pose:
        return Pose(self.rotation.T, -(self.rotation.T @ self.translation))

    def __matmul__(self, other: Pose) -> Pose:
        """`a_from_b @ b_from_c` is `a_from_c`."""
        return Pose(
            self.rotation @ other.rotation, self.rotation @ other.translation + self.translation)

    @property
    def matrix(self) -> np.ndarray:
        """4 x 4."""
        matrix = np.eye(4)
        matrix[:3, :3] = self.rotation
        matrix[:3, 3] = self.translation
        return matrix
