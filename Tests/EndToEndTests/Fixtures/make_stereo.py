#!/usr/bin/env python3
"""Makes the fixture `stereo`: eight pictures each of two cameras, 320x240, with their exact truth.

Each pixel averages rays drawn from its point spread (a Gaussian), each ray goes through the inverse
lens (OpenCV's five coefficients) and meets the flat board. Needs numpy; PNG is written by hand.
Run in this folder; the result is committed, so that tests need neither Python nor numpy."""
import json
import pathlib
import struct
import zlib

import numpy as np

WIDTH, HEIGHT, SAMPLES, SPREAD_PX, NOISE = 320, 240, 96, 0.6, 1.5
COLUMNS, ROWS, SQUARE = 8, 5, 0.027
CAMERAS = {
    "left": dict(fx=262.0, fy=261.4, cx=161.3, cy=118.2, distortion=[-0.21, 0.06, 0.0004, -0.0003, 0.0]),
    "right": dict(fx=258.5, fy=258.9, cx=157.6, cy=121.7, distortion=[-0.19, 0.05, -0.0002, 0.0005, 0.0]),
}


def rotation(vector):
    angle = np.linalg.norm(vector)
    if angle == 0:
        return np.eye(3)
    x, y, z = np.asarray(vector) / angle
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


def distort(c, x, y):
    k1, k2, p1, p2, k3 = c["distortion"]
    r2 = x * x + y * y
    radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3))
    return (x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
            y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y)


def unproject(c, u, v):
    xd, yd = (u - c["cx"]) / c["fx"], (v - c["cy"]) / c["fy"]
    x, y = xd.copy(), yd.copy()
    for _ in range(25):
        dx, dy = distort(c, x, y)
        x, y = x + xd - dx, y + yd - dy
    return x, y


def board_grey(x, y):
    """White margin, then squares; the square up-left of the origin (first inner corner) is black."""
    i, j = np.floor(x / SQUARE), np.floor(y / SQUARE)
    inside = (i >= -1) & (i < COLUMNS) & (j >= -1) & (j < ROWS)
    margin = (x > -1.7 * SQUARE) & (x < (COLUMNS + 0.7) * SQUARE) & (y > -1.7 * SQUARE) & (y < (ROWS + 0.7) * SQUARE)
    black = inside & ((i + j) % 2 == 0)
    return np.where(black, 35.0, np.where(margin, 200.0, 90.0))


def render(c, camera_from_board, random):
    r, t = camera_from_board
    v, u = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    total = np.zeros((HEIGHT, WIDTH))
    # The pixel's own area and the lens's spread; antithetic pairs keep the mean exactly centred.
    for _ in range(SAMPLES // 2):
        du = random.normal(0, SPREAD_PX, u.shape) + random.uniform(-0.5, 0.5, u.shape)
        dv = random.normal(0, SPREAD_PX, u.shape) + random.uniform(-0.5, 0.5, u.shape)
        for sign in (1, -1):
            x, y = unproject(c, u + sign * du, v + sign * dv)
            direction = np.stack([x, y, np.ones_like(x)], -1) @ r
            origin = -r.T @ t
            scale = -origin[2] / direction[..., 2]
            point = origin + scale[..., None] * direction
            grey = np.where(scale > 0, board_grey(point[..., 0], point[..., 1]), 90.0)
            total += grey
    grey = total / (2 * (SAMPLES // 2)) + random.normal(0, NOISE, total.shape)
    return np.clip(np.round(grey), 0, 255).astype(np.uint8)


def write_png(path, grey):
    raw = b"".join(b"\0" + row.tobytes() for row in grey)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def main():
    random = np.random.default_rng(20)
    left_from_right = (rotation([0.01, -0.12, 0.02]), np.array([0.11, 0.004, -0.006]))
    tilts = [(0.0, 0.1, 0.0), (0.45, 0.1, 0.05), (-0.45, -0.1, 0.1), (0.1, 0.5, -0.1), (0.0, -0.5, 0.15),
             (0.35, 0.35, 0.3), (-0.3, 0.35, -0.35), (0.25, -0.4, 0.2)]
    centres = [(0.05, 0.0, 0.30), (0.0, 0.03, 0.33), (0.09, -0.03, 0.34), (0.03, 0.02, 0.31), (0.07, -0.02, 0.36),
               (0.01, -0.04, 0.38), (0.1, 0.04, 0.37), (0.05, 0.0, 0.42)]
    middle = np.array([(COLUMNS - 1) / 2, (ROWS - 1) / 2, 0]) * SQUARE
    truth = dict(board=f"checkerboard:{COLUMNS}x{ROWS}:{round(SQUARE * 1000)}mm", cameras={}, corners={})
    for name, c in CAMERAS.items():
        truth["cameras"][name] = dict(model="opencv5", width=WIDTH, height=HEIGHT, **c)
        truth["corners"][name] = {}
    r, t = left_from_right
    truth["left_from_right"] = dict(rotation_row_major=r.ravel().tolist(), translation_m=t.tolist())
    for index, (tilt, centre) in enumerate(zip(tilts, centres)):
        board_r = rotation(tilt)
        board_t = np.array(centre) - board_r @ middle
        for name, c in CAMERAS.items():
            pose = (board_r, board_t) if name == "left" else (r.T @ board_r, r.T @ (board_t - t))
            folder = pathlib.Path("stereo") / name
            folder.mkdir(parents=True, exist_ok=True)
            write_png(folder / f"{index:02d}.png", render(c, pose, random))
            grid = np.array([[col * SQUARE, row * SQUARE, 0] for row in range(ROWS) for col in range(COLUMNS)])
            p = grid @ pose[0].T + pose[1]
            x, y = distort(c, p[:, 0] / p[:, 2], p[:, 1] / p[:, 2])
            truth["corners"][name][f"{index:02d}.png"] = [
                [round(float(c["fx"] * a + c["cx"]), 5), round(float(c["fy"] * b + c["cy"]), 5)] for a, b in zip(x, y)]
    pathlib.Path("stereo/truth.json").write_text(json.dumps(truth, indent=1) + "\n")


main()
