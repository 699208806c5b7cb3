"""OpenCV's ChArUco detector on the pictures of a virtual cart, against their truth.

Corners come from the markers' homographies and `cornerSubPix`, as `detectBoard` does by default.
"""

import time

import cv2
import numpy as np

from .virtual_cart import VirtualCart

NAME = "OpenCV CharucoDetector"


def board(word: str) -> "cv2.aruco.CharucoBoard":
    """OpenCV's board of a board word, lengths in millimetres."""
    _, size, square, marker, dictionary, *extra = word.split(":")
    columns, rows = (int(count) for count in size.split("x"))
    result = cv2.aruco.CharucoBoard(
        (columns, rows), float(square.removesuffix("mm")), float(marker.removesuffix("mm")),
        cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, dictionary)))
    result.setLegacyPattern("legacy" in extra)
    return result


def measure(pictures: VirtualCart) -> dict:
    """Boards with at least 12 corners, corners, their errors, wrong names, and CPU."""
    target = board(pictures.own["board"])
    parameters = cv2.aruco.CharucoParameters()
    detector = cv2.aruco.CharucoDetector(target, parameters)
    columns = target.getChessboardSize()[0] - 1
    errors, boards, false, misnamed, cpu = [], 0, 0, 0, 0.0
    for picture in pictures.pictures:
        view = pictures.own["cameras"][picture.camera]["views"][picture.key]
        true = {(c["column"], c["row"]): c for c in view["corners"] if c["x"] is not None}
        grey = picture.grey()
        start = time.process_time()
        corners, ids, _, _ = detector.detectBoard(grey)
        cpu += time.process_time() - start
        if ids is None or len(ids) == 0:
            continue
        if not true:
            false += 1
            continue
        boards += len(ids) >= 12
        for (x, y), number in zip(corners.reshape(-1, 2), ids.ravel()):
            corner = true.get((int(number) % columns, int(number) // columns))
            if corner is None:
                misnamed += 1
                continue
            error = np.array([x - corner["x"], y - corner["y"]])
            if np.hypot(*error) > 3:
                misnamed += 1
            elif corner["visible"]:
                errors.append(error)
    all_errors = np.array(errors)
    return {
        "boards": int(boards), "false": false, "misnamed": misnamed, "corners": len(errors),
        "rms_per_axis_px": float(np.sqrt((all_errors**2).mean())) if errors else None,
        "median_px": float(np.median(np.hypot(*all_errors.T))) if errors else None,
        "worst_px": float(np.hypot(*all_errors.T).max()) if errors else None,
        "cpu_ms_a_picture": 1000 * cpu / len(pictures.pictures),
    }
