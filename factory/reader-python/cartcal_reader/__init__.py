"""Calibration bundles of cartcal: lenses, poses and the scale of a cart, in numpy."""

from .bundle import Bundle, BundleError, Camera, load
from .lenses import Lens, LensError
from .poses import Pose
from .scale import Reading, Scale, ScaleError

__all__ = [
    "Bundle", "BundleError", "Camera", "Lens", "LensError", "Pose", "Reading", "Scale",
    "ScaleError", "load",
]
