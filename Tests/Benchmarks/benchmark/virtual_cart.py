"""Sessions of cartcal's own simulator, with their truth in the form that the other parts read."""

import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from .cartcal import _rotation
from .child import run_child
from .pictures import PictureSet

NAMED = ("complete", "anchored")
HERE = Path(__file__).resolve().parent.parent
CHECKOUT = HERE.parent.parent
# rig file and disturbance
SETS = {
    "easy": (CHECKOUT / "rigs/virtual-cart4.yaml", "clean"),
    "cart": (CHECKOUT / "rigs/virtual-cart6.yaml", "line"),
    "hard": (HERE / "wide4.yaml", "hard"),
    "charuco": (CHECKOUT / "rigs/virtual-charuco4.yaml", "hard"),
}


@dataclass(frozen=True)
class VirtualCart(PictureSet):
    """A simulated session; `own` is its truth as written (cartcal.truth/1)."""

    @cached_property
    def own(self) -> dict:
        return json.loads((self.folder / "truth.json").read_text())

    @property
    def board_word(self) -> str:
        return self.own["board"]

    @cached_property
    def truth(self) -> dict:
        """The plain form: matrix poses, corners by camera and frame number, row by row."""
        cameras, corners = {}, {}
        for name, camera in self.own["cameras"].items():
            pose = camera["cart_from_camera"]
            cameras[name] = {
                "model": camera["model"].replace("kannala_brandt4", "kannala_brandt"),
                **camera["parameters"],
                "pose_cart_from_camera": {
                    "rotation": _rotation(pose["rotation_wxyz"]).ravel().tolist(),
                    "translation": pose["translation_m"]},
            }
            corners[name] = {
                str(int(view["frame"])): [
                    [c["x"], c["y"]] if c["visible"] else None for c in view["corners"]]
                for view in camera["views"].values() if view["corners"]
            }
        return {"cameras": cameras, "corners": corners}


def simulate(program: Path, name: str, seed: int, cache: Path, keep: bool = False) -> VirtualCart:
    """A session of a set and seed: a fresh one, or, to `keep`, one that is there already."""
    rig, disturbance = SETS[name]
    folder = cache / "virtual" / f"{name}-{seed}"
    if not (keep and (folder / "truth.json").exists()):
        shutil.rmtree(folder, ignore_errors=True)
        run_child([str(program), "simulate", "session", "--rig", str(rig), "--disturb",
                   disturbance, "--seed", str(seed), "--out", str(folder)])
    return VirtualCart(f"virtual/{name}-{seed}", folder, 10, 7)


@dataclass
class FoundCorner:
    """A corner that was found near a true one."""

    error: np.ndarray
    sigma: float
    bound: float
    contrast: float
    moving: bool
    whole: bool


def found_corners(pictures: VirtualCart, images: dict) -> tuple[list[FoundCorner], dict]:
    """Corners of `cartcal detect`'s best boards against the truth, and counts of boards.

    A whole board's corners are held to their identities, and those of a part that its markers name;
    a part of a plain board, whose place on the board is unknown, to the nearest true corner.
    `named`: boards whose corners carry names; `misnamed`: corners of them that are over 3 px from
    where their name says. `false`: boards where there is none, whole boards
    whose every corner is over 3 px off, and parts with a corner that is 3 px from all true ones.
    `every_corner`: whole boards all corners of which were found.
    `covered`: corners found although a hand lies on them or their blur; they are in no error.
    """
    found: list[FoundCorner] = []
    counts = dict.fromkeys(
        ("whole", "whole_found", "every_corner", "part", "part_found", "named", "misnamed", "empty",
         "false", "covered", "cpu_ms"), 0)
    moving = {
        frame["name"]: any(frame["velocity_m_s"]) for frame in pictures.own["frames"]}
    for picture in pictures.pictures:
        view = pictures.own["cameras"][picture.camera]["views"][picture.key]
        image = images[str(picture.path)]
        counts["cpu_ms"] += image["cpu_ms"]
        inside = {(c["column"], c["row"]): c for c in view["corners"] if c["x"] is not None}
        true = {place: c for place, c in inside.items() if c["visible"]}
        kind = ("empty" if not true else
                "whole" if len(true) == pictures.corner_count else "part")
        counts[kind] += 1
        board = image["boards"][0] if image["boards"] else None
        if board is None:
            continue
        if not true:
            counts["false"] += 1
            continue
        pairs = _pairs(board, inside)
        if board["status"] in NAMED:
            counts["named"] += 1
            counts["misnamed"] += len(board["corners"]) - len(pairs) + sum(
                bool(np.hypot(c["x"] - t["x"], c["y"] - t["y"]) > 3) for c, t in pairs)
        distances = np.array([np.hypot(c["x"] - t["x"], c["y"] - t["y"]) for c, t in pairs])
        counts["every_corner"] += int(kind == "whole" and len(pairs) == pictures.corner_count)
        is_false = not len(distances) or (
            distances.min() > 3 if board["status"] in NAMED else distances.max() > 3)
        counts["false"] += int(is_false)
        if is_false:
            continue
        counts[f"{kind}_found"] += 1
        grey = picture.grey()
        for corner, t in pairs:
            if not t["visible"]:
                counts["covered"] += 1
                continue
            found.append(FoundCorner(
                np.array([corner["x"] - t["x"], corner["y"] - t["y"]]), corner["sigma"],
                t["sigma_bound_px"] or np.nan, _contrast(grey, t), moving[view["frame"]],
                kind == "whole"))
    return found, {key: float(n) if key == "cpu_ms" else int(n) for key, n in counts.items()}


def _pairs(board: dict, true: dict) -> list[tuple[dict, dict]]:
    if board["status"] in NAMED:
        return [(c, true[c["column"], c["row"]]) for c in board["corners"]
                if (c["column"], c["row"]) in true]
    points = np.array([[t["x"], t["y"]] for t in true.values()])
    values = list(true.values())
    return [
        (c, values[int(np.hypot(*(points - [c["x"], c["y"]]).T).argmin())])
        for c in board["corners"]]


def _contrast(grey: np.ndarray, corner: dict) -> float:
    """Grey levels between the lighter and the darker side of a corner, 6 px around it."""
    x, y = int(round(corner["x"])), int(round(corner["y"]))
    patch = grey[max(0, y - 6):y + 7, max(0, x - 6):x + 7]
    low, high = np.percentile(patch, [15, 85])
    return float(high - low)
