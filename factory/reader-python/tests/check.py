"""check.py BUNDLE [TRUTH]: loads a bundle, and holds what it says against numbers of another reader.

TRUTH is JSON: points, pixels and directions by camera, and weighings. Exit status 1 with a message
where the bundle cannot be read or a number differs.
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cartcal_reader  # noqa: E402

PIXELS = 1e-9
RAYS = 1e-11


def main() -> None:
    try:
        bundle = cartcal_reader.load(sys.argv[1])
    except cartcal_reader.BundleError as error:
        sys.exit(str(error))
    if len(sys.argv) < 3:
        return
    truth = json.loads(Path(sys.argv[2]).read_text())
    points = 0
    for name, rows in truth["sights"].items():
        lens = bundle.cameras[name].lens
        rows = np.array(rows)
        points += len(rows)
        check(f"{name}: pixels", lens.project(rows[:, :3]), rows[:, 3:5], PIXELS)
        check(f"{name}: directions", lens.unproject(rows[:, 3:5]), rows[:, 5:], RAYS)
        unseen = np.array(truth["unseen"][name])
        if unseen.size and not np.all(np.isnan(lens.project(unseen))):
            sys.exit(f"{name}: sees what it does not see")
        places = np.array(truth["places"][name])
        pose = bundle.cameras[name].cart_from_camera
        check(f"{name}: places", pose.apply(places[:, :3]), places[:, 3:], 1e-12)
        check(f"{name}: back", pose.inverse().apply(places[:, 3:]), places[:, :3], 1e-12)
    for row in truth["weighings"]:
        reading = bundle.scale.reading(
            row["counts"], row["temperature"], tilt_rad=row["tilt"], gravity_m_s2=row["gravity"])
        found = np.concatenate([
            [reading.mass_kg, reading.x_m, reading.y_m], reading.covariance.ravel()])
        expected = np.array(row["expected"])
        check("weighing", found, expected, 1e-9 * np.maximum(np.abs(expected), 1e-6))
    print(f"{len(truth['sights'])} lenses, {points} points, {len(truth['weighings'])} weighings agree")


def check(what: str, found: np.ndarray, expected: np.ndarray, tolerance) -> None:
    difference = np.abs(found - expected)
    # NaN is a difference too.
    if not np.all(difference <= tolerance):
        sys.exit(f"{what}: differs by {np.nanmax(difference):.3g}")


main()
