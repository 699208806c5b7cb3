"""What other tools make of exported cameras, against where our lenses see the same points.

    run exports [--seed N]

Started by the script `run`. OpenCV, mrcal, pycolmap and a parser of URDF read what was written;
Kalibr's chain is read as YAML and projected by OpenCV, whose models its are. Pixels, the largest
difference over random lenses of every model.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pycolmap
import yaml
from urdf_parser_py.urdf import URDF

from .mrcal_peer import DEBIAN_PYTHON

NEEDED_PX = 1e-6
# Maps are float32, and fixed to steps of a pixel's 2^-16 or so by their own rounding.
NEEDED_MAP_PX = 1e-3
MRCAL = """
import json, sys, mrcal, numpy as np
answers = []
for path, points in json.load(sys.stdin):
    model = mrcal.cameramodel(path)
    here = mrcal.transform_point_rt(model.extrinsics_rt_fromref(), np.array(points))
    answers.append(mrcal.project(here, *model.intrinsics()).tolist())
print(json.dumps(answers))
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="run exports", description=__doc__)
    parser.add_argument("--campaigns", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    worst: dict[tuple[str, str], float] = {}
    refused: dict[tuple[str, str], str] = {}
    with tempfile.TemporaryDirectory() as folder:
        samples = Path(folder) / "samples"
        subprocess.run(
            [options.campaigns, "exports", "--seed", str(options.seed), "--out", samples], check=True)
        for sample in sorted(samples.iterdir()):
            points = json.loads((sample / "points.json").read_text())
            model = points["model"]
            for name, reader in READERS.items():
                if reason := points["refused"].get(FOLDERS[name]):
                    refused[name, model] = reason
                    continue
                error = reader(sample / FOLDERS[name], points)
                worst[name, model] = max(worst.get((name, model), 0), error)
    failures = report(worst, refused)
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / "exports.json").write_text(json.dumps(
        {"schema": "cartcal.exports-benchmark/1",
         "worst_px": {f"{a} {b}": error for (a, b), error in sorted(worst.items())},
         "refused": {f"{a} {b}": reason for (a, b), reason in sorted(refused.items())}},
        indent=1) + "\n")
    sys.exit(1 if failures else 0)


def report(worst: dict, refused: dict) -> int:
    models = sorted({model for _, model in worst})
    print("| read by | " + " | ".join(models) + " |")
    print("|---" * (len(models) + 1) + "|")
    failures = 0
    for name in READERS:
        limit = NEEDED_MAP_PX if name in MAPS else NEEDED_PX
        cells = []
        for model in models:
            if (name, model) in refused:
                cells.append("refused")
                continue
            error = worst[name, model]
            # Not a number is a miss as well.
            is_met = error <= limit
            failures += not is_met
            cells.append(f"{error:.1e}" + ("" if is_met else " MISS"))
        print(f"| {name} | " + " | ".join(cells) + " |")
    return failures


def largest(found: np.ndarray, expected: np.ndarray) -> float:
    return float(np.max(np.abs(np.asarray(found).reshape(expected.shape) - expected)))


def project(points: np.ndarray, matrix: np.ndarray, distortion, fisheye: bool) -> np.ndarray:
    points = np.ascontiguousarray(points, dtype=float).reshape(-1, 1, 3)
    zero = np.zeros(3)
    if fisheye:
        return cv2.fisheye.projectPoints(points, zero, zero, matrix, distortion)[0][:, 0]
    return cv2.projectPoints(points, zero, zero, matrix, distortion)[0][:, 0]


def apply(pose: np.ndarray, points: np.ndarray) -> np.ndarray:
    return points @ pose[:3, :3].T + pose[:3, 3]


def split(points: dict) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Points in the cart, and where each camera sees them."""
    shared = np.array(points["shared"])
    return shared[:, :3], {"left": shared[:, 3:5], "right": shared[:, 5:7]}


def opencv(folder: Path, points: dict) -> float:
    places, pixels = split(points)
    errors = []
    for camera, seen in points["seen"].items():
        seen = np.array(seen)
        file = cv2.FileStorage(str(folder / f"{camera}.yaml"), cv2.FILE_STORAGE_READ)
        lens = (file.getNode("camera_matrix").mat(), file.getNode("distortion_coefficients").mat(),
                file.getNode("camera_model").string() == "fisheye")
        errors.append(largest(project(seen[:, :3], *lens), seen[:, 3:]))
        here = apply(file.getNode("camera_from_frame").mat(), places)
        errors.append(largest(project(here, *lens), pixels[camera]))
        there = file.getNode("frame_from_camera").mat()
        errors.append(largest(there @ file.getNode("camera_from_frame").mat(), np.eye(4)))
    return max(errors)


def ros(folder: Path, points: dict) -> float:
    errors = []
    for camera, seen in points["seen"].items():
        seen = np.array(seen)
        info = yaml.safe_load((folder / f"{camera}.yaml").read_text())
        matrix = np.array(info["camera_matrix"]["data"]).reshape(3, 3)
        distortion = np.array(info["distortion_coefficients"]["data"])
        expected = {"plumb_bob": 5, "rational_polynomial": 8, "equidistant": 4}
        assert distortion.size == expected[info["distortion_model"]]
        fisheye = info["distortion_model"] == "equidistant"
        errors.append(largest(project(seen[:, :3], matrix, distortion, fisheye), seen[:, 3:]))
    return max(errors)


def kalibr(folder: Path, points: dict) -> float:
    places, pixels = split(points)
    chain = yaml.safe_load((folder / "camchain.yaml").read_text())
    # Where the chain stands is not in it: the points are taken to the first camera by our own pose.
    first = opencv_pose(folder.parent / "opencv" / "left.yaml")
    here = apply(first, places)
    errors = []
    for name, camera in (("cam0", "left"), ("cam1", "right")):
        entry = chain[name]
        assert entry["rostopic"] == f"/{camera}/image_raw"
        if "T_cn_cnm1" in entry:
            here = apply(np.array(entry["T_cn_cnm1"]), here)
        fx, fy, cx, cy = entry["intrinsics"]
        matrix = np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1.0]])
        model = entry["distortion_model"]
        distortion = np.array(entry["distortion_coeffs"] if model != "none" else np.zeros(4))
        errors.append(largest(
            project(here, matrix, distortion, model == "equidistant"), pixels[camera]))
    return max(errors)


def opencv_pose(path: Path) -> np.ndarray:
    # The file must outlive its nodes.
    file = cv2.FileStorage(str(path), cv2.FILE_STORAGE_READ)
    return file.getNode("camera_from_frame").mat()


def mrcal(folder: Path, points: dict) -> float:
    places, pixels = split(points)
    jobs = [(str(folder / f"{camera}.cameramodel"), places.tolist()) for camera in pixels]
    done = subprocess.run(
        [DEBIAN_PYTHON, "-c", MRCAL], input=json.dumps(jobs), text=True, check=True,
        capture_output=True)
    answers = json.loads(done.stdout)
    return max(largest(np.array(found), pixels[camera]) for found, camera in zip(answers, pixels))


def colmap(folder: Path, points: dict) -> float:
    places, pixels = split(points)
    cameras = json.loads((folder / "rig_config.json").read_text())[0]["cameras"]
    config = pycolmap.read_rig_config(str(folder / "rig_config.json"))[0]
    here = apply(opencv_pose(folder.parent / "opencv" / "left.yaml"), places)
    errors = []
    for entry, read, camera in zip(cameras, config.cameras, pixels):
        assert read.image_prefix == f"{camera}/"
        model = read.camera
        model.width, model.height = points["width"], points["height"]
        pose = np.eye(4)
        if not read.ref_sensor:
            pose[:3] = read.cam_from_rig.matrix()
        found = model.img_from_cam(apply(pose, here))
        assert entry["camera_model_name"] == model.model.name
        # Its pixels are counted from the corner of the top-left pixel.
        errors.append(largest(np.array(found) - 0.5, pixels[camera]))
    return max(errors)


def urdf(folder: Path, points: dict) -> float:
    """Metres, not pixels: a place error; the format carries no lens."""
    robot = URDF.from_xml_string((folder / "cameras.urdf").read_bytes())
    errors = []
    for joint in robot.joints:
        camera = joint.child.removesuffix("_optical_frame")
        roll, pitch, yaw = joint.origin.rpy
        turn = about(2, yaw) @ about(1, pitch) @ about(0, roll)
        pose = np.linalg.inv(opencv_pose(folder.parent / "opencv" / f"{camera}.yaml"))
        errors.append(largest(turn, pose[:3, :3]))
        errors.append(largest(np.array(joint.origin.xyz), pose[:3, 3]))
    assert len(errors) == 4
    return max(errors)


def about(axis: int, angle: float) -> np.ndarray:
    vector = np.zeros(3)
    vector[axis] = angle
    return cv2.Rodrigues(vector)[0]


def table(folder: Path, points: dict) -> float:
    with (folder / "cameras.csv").open(newline="") as file:
        rows = {row["camera"]: row for row in csv.DictReader(file)}
    errors = []
    for camera, seen in points["seen"].items():
        seen, row = np.array(seen), rows[camera]
        matrix = np.array([[float(row["fx"]), 0, float(row["cx"])],
                           [0, float(row["fy"]), float(row["cy"])], [0, 0, 1]])
        distortion = np.array([float(row[key]) for key in row
                               if key.startswith("distortion_") and row[key]] or np.zeros(4))
        errors.append(largest(
            project(seen[:, :3], matrix, distortion, row["model"] == "kannala_brandt4"),
            seen[:, 3:]))
    return max(errors)


def undistorted(folder: Path, points: dict) -> float:
    errors = []
    for camera in points["seen"]:
        file = cv2.FileStorage(
            str(folder.parent / "opencv" / f"{camera}.yaml"), cv2.FILE_STORAGE_READ)
        matrix = file.getNode("camera_matrix").mat()
        errors.append(map_error(folder / camera, points, file, np.eye(3), matrix))
    return max(errors)


def rectified(folder: Path, points: dict) -> float:
    pair = cv2.FileStorage(str(folder / "rectified.yaml"), cv2.FILE_STORAGE_READ)
    errors = []
    for camera, number in (("left", 1), ("right", 2)):
        file = cv2.FileStorage(
            str(folder.parent / "opencv" / f"{camera}.yaml"), cv2.FILE_STORAGE_READ)
        turn, projection = pair.getNode(f"R{number}").mat(), pair.getNode(f"P{number}").mat()
        errors.append(
            map_error(folder / f"{camera}.rectified", points, file, turn, projection[:, :3]))
    return max(errors)


def map_error(prefix: Path, points: dict, file, turn: np.ndarray, matrix: np.ndarray) -> float:
    """Against OpenCV's own maps, where our lens has a pixel inside the picture."""
    size = (points["width"], points["height"])
    ours = [np.load(f"{prefix}.map_{axis}.npy") for axis in "xy"]
    lens = (file.getNode("camera_matrix").mat(), file.getNode("distortion_coefficients").mat())
    fisheye = file.getNode("camera_model").string() == "fisheye"
    make = cv2.fisheye.initUndistortRectifyMap if fisheye else cv2.initUndistortRectifyMap
    theirs = make(*lens, turn, matrix, size, cv2.CV_32FC1)
    inside = np.ones(ours[0].shape, dtype=bool)
    for values, length in zip(ours, size):
        assert values.dtype == np.float32 and values.shape == (size[1], size[0])
        inside &= (values >= 0) & (values <= length - 1)
    assert inside.mean() > 0.3
    return max(float(np.max(np.abs(a - b)[inside])) for a, b in zip(ours, theirs))


READERS = {
    "OpenCV": opencv, "ROS CameraInfo": ros, "Kalibr's chain": kalibr, "mrcal": mrcal,
    "pycolmap": colmap, "URDF (places, m)": urdf, "CSV": table,
    "undistortion maps": undistorted, "rectification maps": rectified,
}
FOLDERS = {
    "OpenCV": "opencv", "ROS CameraInfo": "ros", "Kalibr's chain": "kalibr", "mrcal": "mrcal",
    "pycolmap": "colmap", "URDF (places, m)": "urdf", "CSV": "csv", "undistortion maps": "maps",
    "rectification maps": "maps",
}
MAPS = {"undistortion maps", "rectification maps"}

if __name__ == "__main__":
    main()
