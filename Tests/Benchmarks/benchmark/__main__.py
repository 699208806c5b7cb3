"""Measures cartcal beside its peers; started by the script `run`, which sets the peers up."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import cv2

from . import corners, determinism, rigs, same_corners
from .cartcal import Cartcal
from .child import ChildFailed
from .detection import (
    BOOFCV, CLASSIC, SB_EXHAUSTIVE, SB_REFINED, for_corners, for_quick_timing, for_timing,
    measure, start_peers,
)
from .pictures import SETS, PictureSet, picture_sets
from .requirements import Row, rows
from .table import markdown

STEREO = "opencv_stereo"
WIDE = "udacity_gopro_wide"
RIGS = ("simulated/easy", "simulated/cart6")
SOLVED = {*(name for name, _, _ in same_corners.CASES), STEREO, *RIGS}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of picture sets")
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS), metavar="SET",
                        help="picture sets, of: " + ", ".join(SETS))
    parser.add_argument("--only", choices=["detect", "solve"], help="one half of the work")
    parser.add_argument("--quick", action="store_true",
                        help="with --only detect: without OpenCV's SB, the slowest")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument("--results", type=Path, required=True, help="where to write the JSON")
    parser.add_argument("--cache", type=Path, required=True, help="where pictures are unpacked")
    parser.add_argument("--class-path", required=True, help="of the Java program and BoofCV")
    parser.add_argument("--cartcal", type=Path, help="the program; without it only the peers run")
    options = parser.parse_args()
    if options.quick and options.only != "detect":
        parser.error("--quick goes with --only detect: the solves need SB's corners")
    return options


def main() -> None:
    options = arguments()
    cv2.setNumThreads(1)
    names = options.sets
    if options.only == "solve":
        names = [name for name in names if name in SOLVED]
    sets = picture_sets(options.data, names)
    cartcal = Cartcal(options.cartcal) if options.cartcal else None
    results: dict = {"schema": "cartcal.benchmark/1"}
    tables = detect(options, sets, cartcal, results)
    if options.only != "detect":
        solve(options, sets, cartcal, tables, results)
    print(markdown(write(options, results)))


def write(options: argparse.Namespace, results: dict) -> list[Row]:
    """Keeps what has been measured so far, with its table."""
    table = rows(results)
    options.results.mkdir(parents=True, exist_ok=True)
    name = "benchmark.json" if options.only is None else f"benchmark-{options.only}.json"
    contents = results | {"table": [row.as_dict() for row in table]}
    (options.results / name).write_text(json.dumps(contents, indent=1) + "\n")
    print(f"written: {options.results / name}", file=sys.stderr)
    return table


def detect(
    options: argparse.Namespace, sets: dict[str, PictureSet], cartcal: Cartcal | None,
    results: dict,
) -> dict[str, dict]:
    """Runs every detector; once each when only their corners are wanted for the solves."""
    runs, chosen = options.runs, for_quick_timing if options.quick else for_timing
    if options.only == "solve":
        runs, chosen = 1, for_corners
    peers = start_peers(options.class_path, options.cache)
    found = {}
    for name, pictures in sets.items():
        wanted = {peer: peers[peer] for peer in chosen(pictures)}
        found[name] = measure(pictures, wanted, cartcal, runs)
        for detector, result in found[name].items():
            path = options.cache / "corners" / name / f"{detector}.json"
            corners.save(result.grids, path)
        if options.only != "solve":
            results.setdefault("detection", {})[name] = {
                detector: result.summary() for detector, result in found[name].items()
            }
            write(options, results)
    for peer in peers.values():
        peer.close()
    return found


def solve(
    options: argparse.Namespace, sets: dict[str, PictureSet], cartcal: Cartcal | None,
    found: dict[str, dict], results: dict,
) -> None:
    """Each part by itself: one that fails is named in the table and the others still run."""

    def attempt(section: str, name: str, measurement: Callable[[], object]) -> None:
        try:
            results.setdefault(section, {})[name] = measurement()
        except ChildFailed as failure:
            results.setdefault("failures", {})[f"{section}, {name}"] = str(failure)
        write(options, results)

    peers = [BOOFCV, CLASSIC, SB_EXHAUSTIVE]
    for name, camera, lens in same_corners.CASES:
        if name in sets:
            attempt("same_corners", f"{name} {camera} {lens}", lambda: same_corners.compare(
                sets[name], camera, lens, found[name], peers, cartcal))
    if STEREO in sets:
        attempt("joint_stereo", STEREO, lambda: rigs.joint_stereo(
            sets[STEREO], cartcal, options.runs))
    for name in (n for n in RIGS if n in sets):
        tables = {detector: found[name][detector].grids for detector in (BOOFCV, SB_REFINED)}
        attempt("rigs", name, lambda: rigs.simulated_rig(
            sets[name], tables, cartcal, options.runs))
    if WIDE in sets and cartcal is not None:
        attempt("from_nothing", WIDE, lambda: rigs.from_nothing(sets[WIDE], cartcal))
    for name in (n for n in (STEREO, *RIGS) if n in sets and cartcal is not None):
        attempt("determinism", name, lambda: determinism.differences(sets[name], cartcal))


if __name__ == "__main__":
    main()
