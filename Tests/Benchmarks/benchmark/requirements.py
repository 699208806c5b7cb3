"""What must be shown: each figure held against what is needed and what is aimed at."""

from dataclasses import asdict, dataclass

from .detection import BOOFCV, BOOFCV_POOL, CARTCAL, CLASSIC, SB, SB_EXHAUSTIVE, SB_REFINED

# set: (complete, complete + in part) boards needed
BOARDS_NEEDED = {
    "opencv_stereo": (26, 26),
    "udacity_gopro_wide": (35, 36),
    "udacity_lanecam": (18, 20),
    "caliscope_chess8": (7, 8),
    "simulated/easy": (71, 71),
    "simulated/cart6": (222, 222),
}
# set: (needed, aim) RMS per axis, px
CORNER_ERROR = {"simulated/easy": (0.010, 0.005), "simulated/cart6": (0.015, 0.010)}
# set: (needed, aim) CPU seconds of start + solve
RIG_SECONDS = {"simulated/cart6": (0.8, 0.2)}
# set: (needed CPU seconds, needed part of mrcal's solve) of covariance + validation
CERTAINTY_COST = {"simulated/cart6": (1.5, 0.2)}
LENS_CHOICE_SECONDS = {"simulated/cart6": (1.5, 0.5)}

MISSING = "-"


@dataclass
class Row:
    what: str
    ours: str
    peers: str
    ratio: str
    needed: str
    aim: str
    verdict: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def verdict(value: float | None, needed: float, aim: float | None = None) -> str:
    """Smaller is better."""
    if value is None:
        return "not measured"
    if aim is not None and value <= aim:
        return "aim"
    return "ok" if value <= needed else "MISS"


def rows(results: dict) -> list[Row]:
    """Every row for which something was measured; `results` as written to the JSON file."""
    detection = results.get("detection", {})
    found = [row for name, by in detection.items() for row in _boards(name, by)]
    times = [row for name, by in detection.items() for row in _times(name, by)]
    errors = [row for name, by in detection.items() for row in _errors(name, by)]
    same = [_same_corners(name, by) for name, by in results.get("same_corners", {}).items()]
    stereo = [row for by in results.get("joint_stereo", {}).values() for row in _stereo(by)]
    wide = [_from_nothing(name, by) for name, by in results.get("from_nothing", {}).items()]
    rigs = [row for name, by in results.get("rigs", {}).items() for row in _rig(name, by)]
    equal = [_determinism(name, d) for name, d in results.get("determinism", {}).items()]
    failed = [
        Row(what, text.replace("\n", " ")[:200], "", "", "", "", "MISS")
        for what, text in results.get("failures", {}).items()
    ]
    return [*found, *times, *errors, *same, *stereo, *rigs, *wide, *equal, *failed]


def _count(boards: dict[str, int]) -> str:
    return f"{boards['complete']} + {_parts(boards)} in part"


def _parts(boards: dict[str, int]) -> int:
    return boards["anchored"] + boards["unanchored"]


def _boards(name: str, by: dict) -> list[Row]:
    peers = ", ".join(
        f"{peer} {result['boards']['complete']}" for peer, result in by.items()
        if peer not in (CARTCAL, BOOFCV_POOL, SB_REFINED))
    own = by.get(CARTCAL)
    ours = _count(own["boards"]) if own else MISSING
    if name == "negatives_noboard":
        false = own["boards"]["complete"] + _parts(own["boards"]) if own else None
        return [Row("false boards, no board in sight", ours, peers, "", "0", "",
                    verdict(false, 0))]
    if name not in BOARDS_NEEDED:
        return [Row(f"boards found, {name}", ours, peers, "", "", "", "")]
    complete, all_boards = BOARDS_NEEDED[name]
    lacking = None
    if own:
        counts = own["boards"]
        lacking = max(complete - counts["complete"],
                      all_boards - counts["complete"] - _parts(counts))
    needed = f"{complete} + {all_boards - complete} in part"
    return [Row(f"boards found, {name}", ours, peers, "", needed, "", verdict(lacking, 0))]


def _times(name: str, by: dict) -> list[Row]:
    """A row against each way to take BoofCV's time, and one for OpenCV's three."""
    own = by.get(CARTCAL)
    ours = f"{own['cpu_ms_a_picture']:.2f} ms" if own else MISSING
    result = []
    for peer in (BOOFCV, BOOFCV_POOL):
        theirs = by[peer]["cpu_ms_a_picture"]
        ratio = own["cpu_ms_a_picture"] / theirs if own else None
        result.append(Row(
            f"detection CPU, {name}, {peer}", ours, f"{theirs:.2f} ms", _ratio(ratio), "0.6", "0.3",
            verdict(ratio, 0.6, 0.3)))
    opencv = {p: by[p]["cpu_ms_a_picture"] for p in (CLASSIC, SB, SB_EXHAUSTIVE) if p in by}
    ratio = own["cpu_ms_a_picture"] / min(opencv.values()) if own else None
    result.append(Row(
        f"detection CPU, {name}, OpenCV", ours,
        ", ".join(f"{p.removeprefix('OpenCV ')} {t:.1f}" for p, t in opencv.items()) + " ms",
        _ratio(ratio), "", "", ""))
    return result


def _errors(name: str, by: dict) -> list[Row]:
    def text(result: dict | None) -> str:
        error = result and result["corner_error_px"]
        if not error:
            return MISSING
        return (f"{error['rms_per_axis_px']:.4f} (median {error['median_px']:.3f}, "
                f"worst {error['worst_px']:.2f})")

    if not any(result["corner_error_px"] for result in by.values()):
        return []
    own = by.get(CARTCAL)
    error = own and own["corner_error_px"]
    value = error["rms_per_axis_px"] if error else None
    wrong = error["wrong_identity"] if error else 0
    peers = "; ".join(
        f"{peer} {text(result)}" for peer, result in by.items()
        if peer not in (CARTCAL, BOOFCV_POOL))
    best = by.get(BOOFCV, {}).get("corner_error_px")
    ratio = value / best["rms_per_axis_px"] if value is not None and best else None
    needed, aim = CORNER_ERROR.get(name, (None, None))
    held = "" if needed is None else "MISS" if wrong else verdict(value, needed, aim)
    identities = f", {wrong} wrong identities" if wrong else ""
    return [Row(f"corner error per axis px, {name}", text(own) + identities, peers, _ratio(ratio),
                _number(needed, 3), _number(aim, 3), held)]


def _same_corners(name: str, by: dict) -> Row:
    """Ours against the peer on what both have: every peer's ratio counts, and its share."""
    label = f"RMS px of the same solve, {name}"
    solver = "" if all("ours_rms_px" in row for row in by.values()) else "_opencv"
    ours, peers, ratios = [], [], []
    for peer, row in by.items():
        own, theirs = row[f"ours_rms_px{solver}"], row[f"peer_rms_px{solver}"]
        ours.append(f"{own:.4f}")
        peers.append(f"{peer} {theirs:.4f} ({row['share_of_peers_corners']:.1%} kept)")
        ratios.append(own / theirs)
    kept = min(row["share_of_peers_corners"] for row in by.values()) >= 0.995
    held = verdict(max(ratios), 1.0, 0.95) if kept else "MISS"
    return Row(label + (" (by OpenCV)" if solver else ""), " / ".join(ours), ", ".join(peers),
               " / ".join(f"{ratio:.3f}" for ratio in ratios), "1 of the best", "0.95",
               "not measured" if solver else held)


def _stereo(by: dict) -> list[Row]:
    own, opencv, mrcal = by.get("cartcal"), by["OpenCV"], by["mrcal"]
    cameras = list(mrcal["fx"])
    rms = own and abs(own["rms_px"] - mrcal["rms_px"])
    fx = own and max(abs(own["fx"][c] - mrcal["fx"][c]) for c in cameras)

    def focal(result: dict) -> str:
        return ", ".join(f"{result['fx'][c]:.3f}" for c in cameras)

    def milliseconds(result: dict | None) -> str:
        return f"{result['solve_cpu_s'] * 1e3:.1f} ms" if result else MISSING

    ratio = own and own["solve_cpu_s"] / opencv["solve_cpu_s"]
    optimise = mrcal["cpu_s"]["optimise"]
    memory = own and own["peak_rss_bytes"] / 1e6
    return [
        Row("joint stereo, RMS px", f"{own['rms_px']:.6f}" if own else MISSING,
            f"mrcal {mrcal['rms_px']:.6f}, OpenCV (12 pairs) {opencv['rms_px']:.6f}", "",
            "mrcal's within 1e-5", "", verdict(rms, 1e-5)),
        Row("joint stereo, fx", focal(own) if own else MISSING,
            f"mrcal {focal(mrcal)}; OpenCV {focal(opencv)}", "", "mrcal's within 0.01", "",
            verdict(fx, 0.01)),
        Row("joint stereo, CPU start + solve against OpenCV", milliseconds(own),
            milliseconds(opencv), _ratio(ratio), "1", "0.33", verdict(ratio, 1, 1 / 3)),
        Row("joint stereo, CPU start + solve against mrcal", milliseconds(own),
            f"seed + optimise {milliseconds(mrcal)}, optimise alone {optimise * 1e3:.1f} ms, "
            f"whole tool {mrcal['whole_cpu_s'] * 1e3:.0f} ms",
            _ratio(own and own["solve_cpu_s"] / mrcal["solve_cpu_s"]), "", "", ""),
        Row("joint stereo, CPU of the whole program",
            f"{own['whole_cpu_s'] * 1e3:.0f} ms" if own else MISSING,
            f"mrcal {mrcal['whole_cpu_s'] * 1e3:.0f} ms",
            _ratio(own and own["whole_cpu_s"] / mrcal["whole_cpu_s"]), "", "", ""),
        Row("joint stereo, peak memory", f"{memory:.0f} MB" if own else MISSING,
            f"mrcal {mrcal['whole_peak_rss_bytes'] / 1e6:.0f} MB", "", "120 MB", "",
            verdict(memory, 120)),
    ]


def _rig(name: str, by: dict) -> list[Row]:
    own = by.get("cartcal")
    peers = _best_chain_only(by)
    cameras = max(result["pairs"]["cameras"] for result in peers.values())
    result = []
    for key, unit in (("rot_mean_deg", "deg"), ("trans_mean_mm", "mm")):
        best = min(peer["pairs"][key] for peer in peers.values())
        whole = own and own["pairs"]["cameras"] == cameras
        ratio = own["pairs"][key] / best if whole else None
        held = "MISS" if own and not whole else verdict(ratio, 1.2, 0.5)
        result.append(Row(
            f"camera pairs, {name}, {key}", f"{own['pairs'][key]:.5f} {unit}" if own else MISSING,
            "; ".join(f"{p} {r['pairs'][key]:.4f}" for p, r in peers.items()), _ratio(ratio),
            "1.2 of the best", "0.5", held))
    mrcal = peers["mrcal"]
    seconds = own and own["solve_cpu_s"]
    needed, aim = RIG_SECONDS.get(name, (None, None))
    result.append(Row(
        f"CPU start + solve, {name}", f"{seconds:.3f} s" if own else MISSING,
        "; ".join(f"{p} {r['solve_cpu_s']:.2f} s" for p, r in peers.items())
        + f"; mrcal whole tool {mrcal['whole_cpu_s']:.1f} s",
        _ratio(seconds and seconds / mrcal["solve_cpu_s"]), _number(needed, 1), _number(aim, 1),
        verdict(seconds, needed, aim) if needed else ""))
    choice = own and own["cpu_s"]["lens_choice"]
    needed, aim = LENS_CHOICE_SECONDS.get(name, (None, None))
    result.append(Row(
        f"CPU lens choice, {name}", f"{choice:.3f} s" if own else MISSING, "", "",
        _number(needed, 1), _number(aim, 1), verdict(choice, needed, aim) if needed else ""))
    result.append(_certainty_cost(name, own, mrcal))
    over = own and own["over_sigmas"]
    result.append(Row(
        f"true errors over stated sigmas, {name}",
        f"poses {_over(over['pose'])} ({over['pose_freedom']} degrees of freedom), lenses of the "
        f"right model {_over(over['lens'])} ({over['lens_freedom']})" if over else MISSING,
        "", "", "", "", ""))
    result.append(Row(
        f"peak memory, {name}", f"{own['peak_rss_bytes'] / 1e6:.0f} MB" if own else MISSING,
        f"mrcal {mrcal['whole_peak_rss_bytes'] / 1e6:.0f} MB", "", "", "", ""))
    return result


def _certainty_cost(name: str, own: dict | None, mrcal: dict) -> Row:
    """Covariance, projection uncertainty, 2 halves and 5 folds against mrcal's bare solve."""
    seconds = own and own["cpu_s"]["certainty"] + own["cpu_s"]["validate"]
    ratio = seconds and seconds / mrcal["solve_cpu_s"]
    limits = CERTAINTY_COST.get(name)
    held = ""
    if limits:
        both = None if seconds is None else max(seconds / limits[0], ratio / limits[1])
        held = verdict(both, 1)
    return Row(
        f"CPU covariance + validation, {name}", f"{seconds:.3f} s" if own else MISSING,
        f"mrcal's solve {mrcal['solve_cpu_s']:.2f} s", _ratio(ratio),
        f"{limits[0]} s and {limits[1]} of mrcal's solve" if limits else "", "", held)


def _over(value: float | None) -> str:
    return MISSING if value is None else f"{value:.2f}"


def _best_chain_only(by: dict) -> dict:
    """mrcal, and of OpenCV's chains the one with the least rotation error under a short name."""
    mrcal = {"mrcal": result for peer, result in by.items() if peer.startswith("mrcal")}
    chains = [result for peer, result in by.items() if peer.startswith("OpenCV")]
    return mrcal | {"OpenCV chain": min(chains, key=lambda r: r["pairs"]["rot_mean_deg"])}


def _from_nothing(name: str, by: dict) -> Row:
    """Every picture of one wide camera serves the lens, whose choice is left to the program."""
    text = (f"{by['used_views']} of {by['pictures']} pictures, {by['model']}, "
            f"RMS {by['rms_px']:.3f} px, hold-out {by['holdout_rms_px']:.3f} px")
    findings = f", findings {', '.join(by['findings'])}" if by["findings"] else ""
    return Row(f"solve from nothing, {name}", text + findings, "", "",
               f"{by['pictures']} used", "", verdict(by["pictures"] - by["used_views"], 0))


def _determinism(name: str, differing: dict[str, list[str]]) -> Row:
    text = "; ".join(
        f"{run}: {', '.join(paths[:3]) or 'equal'}" for run, paths in differing.items())
    held = "ok" if not any(differing.values()) else "MISS"
    return Row(f"same bytes, {name}", text, "", "", "equal", "", held)


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
