"""Lens models: points in a camera's axes to pixels and back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

# Coefficients behind fx, fy, cx, cy.
_COUNTS = {"pinhole": 0, "opencv4": 4, "opencv5": 5, "opencv8": 8, "kannala_brandt4": 4}
_STEPS = 256


class LensError(ValueError):
    """A lens that cannot be."""


@dataclass(frozen=True)
class Lens:
    """A lens model with its parameters: fx, fy, cx, cy (pixels), then its coefficients.

    Formulas, domains and their sources stand in cartcal's LensModels. `limit` is the radius up to
    which pictures move outwards as directions do: tan of the angle to the axis, for fisheyes the
    angle; beyond it a lens sees nothing.
    """

    model: str
    width: int
    height: int
    parameters: np.ndarray
    limit: float = field(init=False)

    def __post_init__(self) -> None:
        if self.model not in _COUNTS:
            raise LensError(
                f"lens model {self.model!r} is not known to this version; update cartcal-reader")
        values = np.array(self.parameters, dtype=float)
        if values.shape != (4 + _COUNTS[self.model],):
            raise LensError(f"{self.model} has {4 + _COUNTS[self.model]} parameters, "
                            f"not {values.size}")
        if not np.all(np.isfinite(values)) or min(values[:2]) <= 0:
            raise LensError("a parameter is not finite, or a focal length is not positive")
        object.__setattr__(self, "parameters", values)
        object.__setattr__(self, "limit", self._find_limit())

    @property
    def matrix(self) -> np.ndarray:
        """[fx 0 cx; 0 fy cy; 0 0 1]."""
        fx, fy, cx, cy = self.parameters[:4]
        return np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1]])

    def project(self, points: np.ndarray) -> np.ndarray:
        """Pixels (..., 2) of points (..., 3) in the camera; NaN where the lens does not see them.

        A pixel may lie outside the picture.
        """
        points = np.asarray(points, dtype=float)
        x, y, z = points[..., 0], points[..., 1], points[..., 2]
        fx, fy, cx, cy = self.parameters[:4]
        with np.errstate(all="ignore"):
            if self.model == "kannala_brandt4":
                r = np.hypot(x, y)
                angle = np.arctan2(r, z)
                scale = np.where(r > 0, self._fisheye(angle) / r, 1 / z)
                seen = ((r > 0) | (z > 0)) & (angle < self.limit)
                u, v = scale * x, scale * y
            else:
                a, b = x / z, y / z
                seen = (z > 0) & (np.hypot(a, b) < self.limit)
                u, v = self._distort(a, b)[:2]
            pixels = np.stack([fx * u + cx, fy * v + cy], axis=-1)
        return np.where(seen[..., None] & np.isfinite(pixels), pixels, np.nan)

    def unproject(self, pixels: np.ndarray) -> np.ndarray:
        """Unit directions (..., 3) seen at pixels (..., 2); NaN where there is none."""
        pixels = np.asarray(pixels, dtype=float)
        fx, fy, cx, cy = self.parameters[:4]
        u, v = (pixels[..., 0] - cx) / fx, (pixels[..., 1] - cy) / fy
        with np.errstate(all="ignore"):
            if self.model == "kannala_brandt4":
                return self._unproject_fisheye(u, v)
            return self._unproject_perspective(u, v)

    # Brown and Conrady; the pinhole is its member without coefficients.

    def _coefficients(self) -> np.ndarray:
        """k1, k2, p1, p2, k3, k4, k5, k6."""
        return np.concatenate([self.parameters[4:], np.zeros(8)])[:8]

    def _radial(self, s):
        """The radial factor of s, its derivative by s, and the denominator."""
        k1, k2, _, _, k3, k4, k5, k6 = self._coefficients()
        top = 1 + s * (k1 + s * (k2 + s * k3))
        bottom = 1 + s * (k4 + s * (k5 + s * k6))
        factor = top / bottom
        slope = (k1 + s * (2 * k2 + 3 * s * k3)
                 - factor * (k4 + s * (2 * k5 + 3 * s * k6))) / bottom
        return factor, slope, bottom

    def _distort(self, a, b):
        """Distorted coordinates, and their derivatives: u by a, u by b (v by a), v by b."""
        _, _, p1, p2, *_ = self._coefficients()
        s = a * a + b * b
        g, slope, _ = self._radial(s)
        u = a * g + 2 * p1 * a * b + p2 * (s + 2 * a * a)
        v = b * g + p1 * (s + 2 * b * b) + 2 * p2 * a * b
        return (u, v, g + 2 * (a * a * slope + p1 * b + 3 * p2 * a),
                2 * (a * b * slope + p1 * a + p2 * b),
                g + 2 * (b * b * slope + 3 * p1 * b + p2 * a))

    def _unproject_perspective(self, u, v):
        target = np.hypot(u, v)
        high = np.full_like(target, min(self.limit, 1e4))
        # The radial part by bisection inside the monotone range.
        low = np.zeros_like(target)
        top = high
        for _ in range(60):
            middle = 0.5 * (low + top)
            beyond = middle * self._radial(middle * middle)[0] > target
            top, low = np.where(beyond, middle, top), np.where(beyond, low, middle)
        scale = np.where(target > 0, low / np.where(target > 0, target, 1), 0)
        a, b = u * scale, v * scale
        for _ in range(50):
            du, dv, uu, uv, vv = self._distort(a, b)
            eu, ev = u - du, v - dv
            determinant = uu * vv - uv * uv
            step_a, step_b = (eu * vv - ev * uv) / determinant, (ev * uu - eu * uv) / determinant
            valid = determinant > 0
            a, b = np.where(valid, a + step_a, np.nan), np.where(valid, b + step_b, np.nan)
            if np.all(np.hypot(step_a, step_b)[valid] <= 1e-14 * np.maximum(
                    1, np.hypot(a, b))[valid]):
                break
        du, dv = self._distort(a, b)[:2]
        found = (np.hypot(u - du, v - dv) <= 1e-12 * np.maximum(1, target)) & (
            np.hypot(a, b) < self.limit) & (self._radial(a * a + b * b)[2] > 0)
        rays = np.stack([a, b, np.ones_like(a)], axis=-1)
        rays /= np.linalg.norm(rays, axis=-1, keepdims=True)
        return np.where(found[..., None], rays, np.nan)

    # Kannala and Brandt.

    def _fisheye(self, t):
        k1, k2, k3, k4 = self.parameters[4:]
        q = t * t
        return t * (1 + q * (k1 + q * (k2 + q * (k3 + q * k4))))

    def _fisheye_slope(self, t):
        k1, k2, k3, k4 = self.parameters[4:]
        q = t * t
        return 1 + q * (3 * k1 + q * (5 * k2 + q * (7 * k3 + q * 9 * k4)))

    def _unproject_fisheye(self, u, v):
        d = np.hypot(u, v)
        low, high = np.zeros_like(d), np.full_like(d, self.limit)
        t = np.minimum(d, 0.9 * self.limit)
        for _ in range(100):
            value = self._fisheye(t) - d
            high, low = np.where(value > 0, t, high), np.where(value > 0, low, t)
            step = t - value / self._fisheye_slope(t)
            inside = (step > low) & (step < high)
            after = np.where(inside, step, 0.5 * (low + high))
            done = np.all(~(np.abs(after - t) > 1e-15 * np.maximum(1, t)))
            t = after
            if done:
                break
        sine = np.where(d > 0, np.sin(t) / np.where(d > 0, d, 1), 0)
        rays = np.stack([u * sine, v * sine, np.where(d > 0, np.cos(t), 1)], axis=-1)
        return np.where((d < self._fisheye(np.float64(self.limit)))[..., None], rays, np.nan)

    # The radius at which a model folds back.

    def _find_limit(self) -> float:
        if self.model == "pinhole":
            return np.inf
        if self.model == "kannala_brandt4":
            end = np.pi
            radii = np.arange(1, _STEPS + 1) * np.pi / _STEPS
            grows = lambda t: self._fisheye_slope(t) > 0  # noqa: E731
        else:
            end = np.inf
            radii = np.tan(np.arange(1, _STEPS + 1) * 0.5 * np.pi / _STEPS)
            radii[-1] = 1e3
            grows = self._perspective_grows
        inside = 0.0
        for radius in radii:
            if grows(radius):
                inside = radius
                continue
            outside = radius
            for _ in range(60):
                middle = 0.5 * (inside + outside)
                if grows(middle):
                    inside = middle
                else:
                    outside = middle
            return float(inside)
        return end

    def _perspective_grows(self, r: float) -> bool:
        with np.errstate(all="ignore"):
            factor, slope, bottom = self._radial(np.float64(r * r))
            return bool(bottom > 0 and factor + 2 * r * r * slope > 0)
