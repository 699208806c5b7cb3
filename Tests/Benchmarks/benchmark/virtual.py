"""Virtual carts, seed by seed: detection, poses and certainty against the truth, beside peers.

    run virtual [--sets easy cart hard charuco] [--seeds N] [--first-seed N] [--peer-seeds N]
                [--keep-sessions]

Started by the script `run`. Medians over the seeds; peers run on the first `--peer-seeds` of them.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

from . import charuco_peer, mrcal_peer, opencv_solving
from .camera_pairs import pair_errors
from .child import ChildFailed, run_child
from .detection import BOOFCV, CLASSIC, SB_REFINED, measure, start_peers
from .true_errors import errors_over_sigmas
from .virtual_cart import SETS, VirtualCart, found_corners, simulate

DONE = (0, 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="run virtual", description=__doc__)
    parser.add_argument("--cartcal", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--sets", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--peer-seeds", type=int, default=0, help="peers run on so many seeds")
    parser.add_argument("--keep-sessions", action="store_true",
                        help="take sessions of an earlier run where they are there")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    results: dict = {"schema": "cartcal.virtual-benchmark/1", "sets": {}}
    for name in options.sets:
        draws, corners = [], []
        for number in range(options.seeds):
            seed = options.first_seed + number
            pictures = simulate(
                options.cartcal, name, seed, options.cache, options.keep_sessions)
            draw, found = own(options.cartcal, name, pictures)
            if number < options.peer_seeds:
                draw["peers"] = peers(options, pictures)
            draws.append({"seed": seed} | draw)
            corners += found
            # Anew after each seed, so that an interrupted run keeps what it has.
            results["sets"][name] = {"draws": draws, "honesty": honesty(corners)}
            options.results.mkdir(parents=True, exist_ok=True)
            (options.results / "virtual.json").write_text(json.dumps(results, indent=1) + "\n")
            (options.results / f"virtual-{name}.md").write_text(
                table(name, results["sets"][name]) + "\n")
            print(f"{name}, seed {seed}: done", file=sys.stderr)
        print(table(name, results["sets"][name]))


def own(program: Path, name: str, pictures: VirtualCart) -> tuple[dict, list]:
    with tempfile.TemporaryDirectory() as folder:
        detect, solve, errors = (Path(folder) / f"{n}.json" for n in ("detect", "solve", "errors"))
        paths = [str(picture.path) for picture in pictures.pictures]
        run_child([str(program), "detect", *paths, "--board", pictures.board_word, "--json",
                   str(detect), "--threads", "1"], statuses=DONE)
        found, counts = found_corners(pictures, json.loads(detect.read_text())["images"])
        child = run_child(
            [str(program), "solve", str(pictures.folder), "--rig", str(SETS[name][0]), "--json",
             str(solve), "--threads", "1"], statuses=DONE)
        # The whole job as a line does it: pictures to bundle and report, on two cores.
        whole = run_child(
            [str(program), "solve", str(pictures.folder), "--rig", str(SETS[name][0]), "--cart",
             "CART-1", "--store", str(Path(folder) / "store"), "--threads", "2"], statuses=DONE)
        run_child([str(program), "simulate", "compare", str(pictures.folder / "truth.json"),
                   str(solve), "--json", str(errors)])
        solution, compared = json.loads(solve.read_text()), json.loads(errors.read_text())
    timing = solution["timing_s"]
    return {
        "counts": counts, "corners": corner_errors(found), "errors": compared,
        "over_sigmas": errors_over_sigmas(pictures.truth, solution),
        "start_solve_cpu_s": timing["start"] + timing["solve"], "timing_s": timing,
        "one_thread_cpu_s": child.cpu_s, "whole_cpu_s": whole.cpu_s, "whole_wall_s": whole.wall_s,
        "verdict": solution["verdict"], "findings": [f["code"] for f in solution["findings"]],
    }, found


def corner_errors(found: list) -> dict:
    errors = np.array([corner.error for corner in found])
    bounds = np.array([corner.bound for corner in found])
    distances = np.hypot(*errors.T)
    known = np.isfinite(bounds)
    return {
        "corners": len(found), "rms_per_axis_px": float(np.sqrt((errors**2).mean())),
        "median_px": float(np.median(distances)), "worst_px": float(distances.max()),
        "bound_rms_px": float(np.sqrt((bounds[known] ** 2).mean())),
        "over_bound": float(np.sqrt(
            ((errors[known] / bounds[known, None]) ** 2).mean())),
    }


def honesty(found: list) -> list[dict]:
    """True over stated error of corners: overall, by size of sigma, by contrast, by blur."""
    sigmas = np.array([corner.sigma for corner in found])
    contrasts = np.array([corner.contrast for corner in found])
    moving = np.array([corner.moving for corner in found])
    ratio = np.array([corner.error / corner.sigma for corner in found])
    edges = np.quantile(sigmas, [0.25, 0.5, 0.75])
    groups = {"all": np.ones(len(found), bool)}
    for index, mask in enumerate(np.digitize(sigmas, edges) == i for i in range(4)):
        groups[f"quarter {index + 1} by sigma"] = mask
    for low, high in ((0, 60), (60, 120), (120, 256)):
        groups[f"contrast {low} to {high}"] = (contrasts >= low) & (contrasts < high)
    if moving.any():
        groups |= {"moving": moving, "still": ~moving}
    return [
        {"group": group, "corners": int(mask.sum()),
         "sigma_px": float(np.median(sigmas[mask])),
         "ratio": float(np.sqrt((ratio[mask] ** 2).mean())),
         # 4 sigma is where solving throws corners out.
         "ratio_without_outliers": float(np.sqrt(
             (ratio[mask][np.abs(ratio[mask]).max(1) < 4] ** 2).mean()))}
        for group, mask in groups.items() if mask.sum() > 100
    ]


def peers(options: argparse.Namespace, pictures: VirtualCart) -> dict:
    """Boards, corners and camera pairs of the peers on the same pictures."""
    if pictures.board_word.startswith("charuco"):
        return {charuco_peer.NAME: charuco_peer.measure(pictures)}
    started = start_peers(options.class_path, options.cache)
    chosen = {peer: started[peer] for peer in (BOOFCV, CLASSIC, SB_REFINED)}
    found = measure(pictures, chosen, None, 1)
    for peer in started.values():
        peer.close()
    result = {peer: answer.summary() for peer, answer in found.items()}
    cameras = pictures.own["cameras"]
    # mrcal asks for a start: the true focal length is the best there is.
    focal = {role: camera["parameters"]["fx"] for role, camera in cameras.items()}
    sizes = {role: (camera["width"], camera["height"]) for role, camera in cameras.items()}
    for detector in (BOOFCV, SB_REFINED):
        grids = found[detector].grids
        for label, solve in (
            ("mrcal OPENCV8", lambda: mrcal_peer.poses(mrcal_peer.solve(
                pictures, grids, "opencv8", sizes, focal, bare=False))),
            ("OpenCV chain", lambda: opencv_solving.solve_chain(
                pictures, grids, "opencv8", sizes).poses),
        ):
            try:
                pairs = pair_errors(pictures.truth, solve())
            except (ChildFailed, cv2.error) as failure:
                pairs = {"failure": str(failure)[-300:]}
            result[f"{label}, corners of {detector}"] = {"pairs": pairs}
    return result


def table(name: str, result: dict) -> str:
    draws = result["draws"]

    def median(*keys: str) -> float:
        values = []
        for draw in draws:
            value = draw
            for key in keys:
                value = value[key]
            values.append(np.nan if value is None else value)
        return float(np.nanmedian(values))

    counts = {key: sum(d["counts"][key] for d in draws) for key in draws[0]["counts"]}
    pictures = counts["whole"] + counts["part"] + counts["empty"]
    lines = [
        f"\n## {name}: {len(draws)} seeds, {pictures} pictures\n", "| what | cartcal |", "|---|---|",
        f"| whole boards; those with every corner | {counts['whole_found']} of {counts['whole']}; "
        f"{counts['every_corner']} |",
        f"| boards in part | {counts['part_found']} of {counts['part']} |",
        f"| boards with named corners; corners with a wrong name | {counts['named']}; "
        f"{counts['misnamed']} |",
        f"| false boards; pictures without one | {counts['false']}; {counts['empty']} |",
        f"| detection CPU a picture | {counts['cpu_ms'] / pictures:.2f} ms |",
        f"| corner error per axis | {median('corners', 'rms_per_axis_px'):.4f} px |",
        f"| bound, RMS; true error over bound | {median('corners', 'bound_rms_px'):.4f} px; "
        f"{median('corners', 'over_bound'):.2f} |",
        f"| corner distance: median, worst of all | {median('corners', 'median_px'):.4f}, "
        f"{max(d['corners']['worst_px'] for d in draws):.3f} px |",
        f"| camera pairs | {median('errors', 'rot_mean_deg'):.5f} deg, "
        f"{median('errors', 'trans_mean_mm'):.4f} mm |",
        f"| the same, effective | {median('errors', 'eff_rot_mean_deg'):.5f} deg, "
        f"{median('errors', 'eff_trans_mean_mm'):.4f} mm |",
        f"| lens inside coverage: mean, worst | {median('errors', 'intr_covered_mean_px'):.4f}, "
        f"{median('errors', 'intr_covered_max_px'):.4f} px |",
        f"| basket points | {median('errors', 'basket_rms_mm'):.4f} mm |",
        f"| cart frame, worst camera | {median('errors', 'cart_rot_max_deg'):.5f} deg, "
        f"{median('errors', 'cart_trans_max_mm'):.4f} mm |",
        f"| start + solve CPU | {median('start_solve_cpu_s'):.3f} s |",
        f"| pictures to bundle and report: CPU; wall with 2 threads | "
        f"{median('whole_cpu_s'):.2f} s; {median('whole_wall_s'):.2f} s |",
        f"| true over stated: poses, lenses | {_rms(draws, 'pose'):.2f}, {_rms(draws, 'lens'):.2f} |",
        f"| verdicts | {', '.join(sorted(d['verdict'] for d in draws))} |",
        "", "| corners | count | sigma px | true over stated | without those beyond 4 sigma |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {g['group']} | {g['corners']} | {g['sigma_px']:.4f} | {g['ratio']:.2f} | "
        f"{g['ratio_without_outliers']:.2f} |" for g in result["honesty"]]
    compared = [d["peers"] for d in draws if "peers" in d]
    if compared:
        lines += ["", f"| peer, {len(compared)} seeds | boards | CPU | corners | pairs |",
                  "|---|---|---|---|---|"]
        lines += [_peer_line(peer, [c[peer] for c in compared]) for peer in compared[0]]
    return "\n".join(lines)


def _rms(draws: list[dict], key: str) -> float:
    """Over all seeds, weighted by their degrees of freedom."""
    pairs = [(d["over_sigmas"][key], d["over_sigmas"][f"{key}_freedom"]) for d in draws]
    pairs = [(value, freedom) for value, freedom in pairs if value is not None]
    return float(np.sqrt(
        sum(v * v * f for v, f in pairs) / sum(f for _, f in pairs))) if pairs else float("nan")


def _peer_line(peer: str, runs: list[dict]) -> str:
    if "misnamed" in runs[0]:
        return (
            f"| {peer} | {sum(r['boards'] for r in runs)}, false {sum(r['false'] for r in runs)} | "
            f"{np.median([r['cpu_ms_a_picture'] for r in runs]):.1f} ms | "
            f"{np.median([r['rms_per_axis_px'] for r in runs]):.4f} px, worst "
            f"{max(r['worst_px'] for r in runs):.2f}, wrong name {sum(r['misnamed'] for r in runs)}; "
            f"{sum(r['corners'] for r in runs)} corners | |")
    if "pairs" in runs[0]:
        good = [run["pairs"] for run in runs if "rot_mean_deg" in run["pairs"]]
        text = "failed" if not good else (
            f"{np.median([p['rot_mean_deg'] for p in good]):.5f} deg, "
            f"{np.median([p['trans_mean_mm'] for p in good]):.4f} mm")
        return f"| {peer} | | | | {text} |"
    error = [run["corner_error_px"] for run in runs if run["corner_error_px"]]
    return (
        f"| {peer} | {sum(r['boards']['complete'] for r in runs)} | "
        f"{np.median([r['cpu_ms_a_picture'] for r in runs]):.1f} ms | "
        f"{np.median([e['rms_per_axis_px'] for e in error]):.4f} px, worst "
        f"{max(e['worst_px'] for e in error):.2f}, wrong {sum(e['wrong_identity'] for e in error)} "
        f"| |")


if __name__ == "__main__":
    main()
