"""The scale: counts of load cells to mass and place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_PARAMETERS = 5


class ScaleError(ValueError):
    """Counts that are no reading, or a model that cannot be."""


@dataclass(frozen=True)
class Reading:
    """What lies on the scale: kg, and the centre of pressure in the platform's axes, metres.

    `covariance` is 3 x 3 of mass, x and y.
    """

    mass_kg: float
    x_m: float
    y_m: float
    covariance: np.ndarray

    @property
    def mass_sigma_kg(self) -> float:
        return float(np.sqrt(self.covariance[0, 0]))


@dataclass(frozen=True)
class Zero:
    """Counts of the empty scale with their standard uncertainties, and the temperature then."""

    counts: np.ndarray
    sigmas: np.ndarray
    temperature_c: float


class Scale:
    """A calibrated scale. The formula stands in cartcal's ScaleModels."""

    def __init__(self, model: dict, names: list[str] | None = None) -> None:
        cells = model["cells"]
        count = len(cells)
        column = lambda key: np.array([cell[key] for cell in cells], dtype=float)  # noqa: E731
        self.cell_names = list(names or []) or [str(index) for index in range(count)]
        self._xy = np.stack([column("x_m"), column("y_m")])
        self._gain = column("kg_per_count")
        self._quadratic = column("quadratic_per_kg")
        self._span = column("span_per_k")
        self._zero_drift = column("zero_counts_per_k")
        zero = model["zero"]
        self.zero = Zero(
            np.array(zero["counts"], dtype=float), np.array(zero["sigmas"], dtype=float),
            float(zero["temperature_c"]))
        self.reference_temperature_c = float(model["reference_temperature_c"])
        self.gravity_m_s2 = float(model["gravity_m_s2"])
        self._force_scatter = float(model["force_scatter"])
        self._mass_scatter = float(model["mass_scatter_kg"])
        size = count * _PARAMETERS
        covariance = np.array(model["covariance"], dtype=float)
        if count == 0 or covariance.size != size * size or self.zero.counts.shape != (count,) or (
                self.zero.sigmas.shape != (count,)):
            raise ScaleError("the scale's numbers do not fit the number of its cells")
        self._covariance = covariance.reshape(size, size)

    def reading(
        self, counts, temperature_c: float, zero: Zero | None = None, tilt_rad=(0.0, 0.0),
        gravity_m_s2: float | None = None,
    ) -> Reading:
        """What lies on the scale.

        counts: one a cell, filtered and settled. zero: the scale when last empty, else that of the
        calibration. tilt_rad: how far it leans about x and y since then. gravity_m_s2: of the place
        of use, else that of the calibration.
        """
        zero = zero or self.zero
        counts = np.array(counts, dtype=float)
        gravity = self.gravity_m_s2 if gravity_m_s2 is None else float(gravity_m_s2)
        if counts.shape != self._gain.shape or zero.counts.shape != self._gain.shape:
            raise ScaleError(f"{self._gain.size} counts were expected, one for each cell")
        if not (np.all(np.isfinite(counts)) and np.isfinite(temperature_c) and gravity > 0
                and max(abs(tilt_rad[0]), abs(tilt_rad[1])) <= 0.5):
            raise ScaleError("a count, temperature, tilt or gravity is not possible")
        signal = counts - zero.counts - self._zero_drift * (temperature_c - zero.temperature_c)
        kelvin = temperature_c - self.reference_temperature_c
        linear = self._gain * signal
        warm = 1 + self._span * kelvin
        curve = 1 + self._quadratic * linear
        slope = (1 + 2 * self._quadratic * linear) * warm
        force = linear * curve * warm
        total = force.sum()
        press = np.cos(tilt_rad[0]) * np.cos(tilt_rad[1]) * gravity / self.gravity_m_s2
        with np.errstate(all="ignore"):
            x, y = (self._xy * force).sum(axis=1) / total
            # Derivatives of mass, x and y by each force; then by the parameters and the signals.
            by_force = np.stack([
                np.full_like(force, 1 / press), (self._xy[0] - x) / total,
                (self._xy[1] - y) / total])
            by_parameter = np.zeros((3, force.size, _PARAMETERS))
            by_parameter[:, :, 0] = by_force * (signal * slope)
            by_parameter[1, :, 1] = force / total
            by_parameter[2, :, 2] = force / total
            by_parameter[:, :, 3] = by_force * (linear * linear * warm)
            by_parameter[:, :, 4] = by_force * (linear * curve * kelvin)
            by_signal = by_force * (self._gain * slope)
            scatter = self._force_scatter * force / (self._gain * slope)
            variances = zero.sigmas ** 2 + scatter ** 2
            flat = by_parameter.reshape(3, -1)
            covariance = flat @ self._covariance @ flat.T + (by_signal * variances) @ by_signal.T
        mass = total / press
        shared = self._mass_scatter * mass / (abs(mass) + 10)
        covariance[0, 0] += shared * shared
        return Reading(float(mass), float(x), float(y), covariance)
