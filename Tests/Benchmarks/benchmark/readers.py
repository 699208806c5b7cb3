"""The C reader beside OpenCV: a million points through each lens model; and opening a bundle.

    run readers

Started by the script `run`. CPU time, the least of several runs; pixels must agree.
"""

import argparse
import ctypes
import json
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

POINTS = 1_000_000
RUNS = 7
NEEDED_RATIO = 1.0
NEEDED_PX = 1e-6
NEEDED_OPEN_MS = 1.0
SOURCE = Path(__file__).resolve().parents[3] / "factory" / "reader-c" / "cartcal_reader.c"
# Model, its number in cartcal_lens_model, and coefficients in OpenCV's order.
DISTORTION = (-0.28, 0.05, 0.001, -0.0002, 0.01, 0.01, 0.02, 0.001)
MODELS = (("pinhole", 1, 0), ("opencv4", 2, 4), ("opencv5", 3, 5), ("opencv8", 4, 8),
          ("kannala_brandt4", 5, 4))


class Camera(ctypes.Structure):
    """cartcal_camera of cartcal_reader.h."""

    _fields_ = (
        ("name", ctypes.c_char * 72), ("model", ctypes.c_int), ("width", ctypes.c_int32),
        ("height", ctypes.c_int32), ("has_reference_pose", ctypes.c_bool),
        ("has_cart_pose", ctypes.c_bool), ("parameters", ctypes.c_double * 16),
        ("limit", ctypes.c_double), ("poses", ctypes.c_double * 24))


def main() -> None:
    parser = argparse.ArgumentParser(prog="run readers", description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder) / "reader.so"
        subprocess.run(
            ["clang", "-std=c11", "-O2", "-fPIC", "-shared", SOURCE, "-lm", "-o", shared], check=True)
        library = ctypes.CDLL(str(shared))
        rows = [measured(library, *model) for model in MODELS]
        open_ms = opening(library)
    print("| a million points | C reader | OpenCV | ratio | difference |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['model']} | {row['cpu_s'] * 1e3:.1f} ms | {row['opencv_cpu_s'] * 1e3:.1f} ms "
              f"| {row['ratio']:.2f} | {row['difference_px']:.0e} px |")
    print(f"\nopening a bundle of six cameras and a scale, and reading the cameras: {open_ms:.3f} ms")
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / "readers.json").write_text(json.dumps(
        {"schema": "cartcal.readers-benchmark/1", "points": POINTS, "rows": rows,
         "open_ms": open_ms}, indent=1) + "\n")
    sys.exit(0 if open_ms < NEEDED_OPEN_MS and all(row["ratio"] <= NEEDED_RATIO and row["difference_px"] <= NEEDED_PX
                      for row in rows) else 1)


def measured(library: ctypes.CDLL, model: str, number: int, count: int) -> dict:
    numbers = np.random.default_rng(1)
    points = np.ascontiguousarray(np.stack(
        [numbers.uniform(-0.3, 0.3, POINTS), numbers.uniform(-0.2, 0.2, POINTS),
         numbers.uniform(0.5, 2, POINTS)], axis=1))
    pixels = np.empty((POINTS, 2))
    camera = Camera(model=number, limit=3.1)
    camera.parameters[:4 + count] = (500, 505, 320, 240, *DISTORTION[:count])
    matrix = np.array([[500, 0, 320], [0, 505, 240], [0, 0, 1.0]])
    coefficients = np.array(DISTORTION[:count])
    zero = np.zeros(3)
    foreign = cv2.fisheye.projectPoints if model == "kannala_brandt4" else cv2.projectPoints

    def own() -> None:
        library.cartcal_project_many(
            ctypes.byref(camera), points.ctypes.data_as(ctypes.c_void_p), ctypes.c_size_t(POINTS),
            pixels.ctypes.data_as(ctypes.c_void_p))

    def theirs() -> np.ndarray:
        return foreign(points.reshape(-1, 1, 3), zero, zero, matrix, coefficients)[0][:, 0]

    cpu_s, opencv_cpu_s = least(own), least(theirs)
    return {"model": model, "cpu_s": cpu_s, "opencv_cpu_s": opencv_cpu_s,
            "ratio": cpu_s / opencv_cpu_s,
            "difference_px": float(np.max(np.abs(pixels - theirs())))}


class Bundle(ctypes.Structure):
    """cartcal_bundle of cartcal_reader.h."""

    _fields_ = (
        ("bytes", ctypes.c_void_p), ("size", ctypes.c_size_t), ("cart_serial", ctypes.c_char * 72),
        ("revision", ctypes.c_uint32), ("camera_count", ctypes.c_uint32),
        ("has_scale", ctypes.c_bool))


def opening(library: ctypes.CDLL) -> float:
    """CPU milliseconds to open a bundle and read its six cameras, the least of many."""
    content = six_cameras()
    bundle, camera = Bundle(), Camera()

    def once() -> None:
        if library.cartcal_open(ctypes.byref(bundle), content, ctypes.c_size_t(len(content))) != 0:
            sys.exit("the bundle made here does not open")
        for index in range(6):
            library.cartcal_get_camera(
                ctypes.byref(bundle), ctypes.c_uint32(index), ctypes.byref(camera))

    if bundle.camera_count not in (0, 6):
        sys.exit("the bundle made here has other cameras")
    return min(least(lambda: [once() for _ in range(100)]) for _ in range(3)) * 10


def six_cameras() -> bytes:
    """A bundle.bin of six cameras and a scale of four cells (layout: cartcal_reader.c)."""
    body = b"CART-0042".ljust(72, b"\0") + struct.pack("<II", 1, 4)
    for index in range(6):
        reals = [500, 505, 320, 240, *DISTORTION[:5]]
        body += f"camera{index}".encode().ljust(72, b"\0")
        body += struct.pack("<IIII", 3, 640, 480, 3)
        body += struct.pack("<41d", *reals, *[0.0] * (16 - len(reals)), 1.2,
                            *([1, 0, 0, 0, 1, 0, 0, 0, 1, 0.1, 0.2, 0.3] * 2))
    body += struct.pack(f"<{5 + 32 + 400}d", *[1.0] * (5 + 32 + 400))
    crc = (1 << 64) - 1
    for byte in body:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xC96C5795D7870F42 if crc & 1 else 0)
    return b"CARTCALB" + struct.pack("<IIQQ", 1, 6, 32 + len(body), crc ^ (1 << 64) - 1) + body


def least(task: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
