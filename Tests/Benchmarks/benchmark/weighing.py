"""Measures the fit and the filters of a scale beside NumPy and SciPy; started by the script `run`."""

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path

import numpy as np
from scipy import signal

from .requirements import Row
from .table import markdown

RATE, SECONDS, CELLS, MAINS = 320, 20, 4, 50
REPEATS = 30


def cpu(work, repeats: int = REPEATS) -> float:
    """Median CPU seconds of a call."""
    seconds = []
    for _ in range(repeats):
        start = time.thread_time()
        work()
        seconds.append(time.thread_time() - start)
    return statistics.median(seconds)


def least_squares(passes: int, rows: int, unknowns: int) -> float:
    """As many least-squares solutions of the same size: no equations made, no weights chosen."""
    generator = np.random.default_rng(1)
    matrix = generator.standard_normal((rows, unknowns))
    right = generator.standard_normal(rows)
    return cpu(lambda: [np.linalg.lstsq(matrix, right, rcond=None) for _ in range(passes)])


def filters() -> float:
    """Median of three, mean over a period of the mains, and spread and slope over a second: CPU
    seconds for a second of samples. All samples at once, where the program takes one at a time."""
    generator = np.random.default_rng(1)
    counts = np.round(100_000 + 10 * generator.standard_normal((CELLS, RATE * SECONDS)))
    period = RATE / MAINS
    whole = int(period)
    mean = np.append(np.ones(whole), period - whole) / period
    place = np.arange(RATE) - (RATE - 1) / 2
    slope = place[::-1] / np.sum(place**2) * RATE

    def work():
        mass = np.zeros(counts.shape[1])
        for cell in counts:
            mass += 9.39e-6 * signal.lfilter(mean, [1.0], signal.medfilt(cell, 3))
        windows = np.lib.stride_tricks.sliding_window_view(mass, RATE)
        return np.ptp(windows, axis=1), signal.lfilter(slope, [1.0], mass)

    return cpu(work, 10) / SECONDS


def main() -> None:
    parser = argparse.ArgumentParser(prog="run weighing", description=__doc__)
    parser.add_argument("--results", type=Path, required=True, help="where to write the JSON")
    parser.add_argument("--campaigns", type=Path, required=True, help="the program of campaigns")
    options = parser.parse_args()
    options.results.mkdir(parents=True, exist_ok=True)
    file = options.results / "weighing-speed.json"
    # The peers have their turn before and after, so that a drift of the machine shows.
    before = filters()
    subprocess.run(
        [options.campaigns, "weighing-speed", "--threads", "1", "--json", file], check=True,
        stdout=subprocess.DEVNULL)
    after = filters()
    report = json.loads(file.read_text())
    draws = [draw["outcome"] for draw in report["series"][0]["draws"]]
    effort = [statistics.median_low(draw[key] for draw in draws)
              for key in ("passes", "rows", "unknowns")]
    fit = statistics.median(draw["fit_cpu_ms"] for draw in draws)
    share = statistics.median(draw["filter_cpu_share"] for draw in draws)
    peer_fit = 1000 * least_squares(*effort)
    peer_share = (before + after) / 2
    passes, rows, unknowns = effort
    table = [
        Row(
            f"fit of a session, CPU: {passes} steps of {rows} equations in {unknowns} unknowns",
            f"{fit:.2f} ms", f"{peer_fit:.2f} ms (numpy lstsq, solving alone)",
            f"{fit / peer_fit:.2f}", "below 10 ms", "", "ok" if fit < 10 else "MISS"),
        Row(
            f"filters of {CELLS} cells at {RATE} Hz, of a core", f"{100 * share:.3f} %",
            f"{100 * peer_share:.3f} % (scipy, all samples at once)",
            f"{share / peer_share:.2f}", "below 2 %", "", "ok" if share < 0.02 else "MISS"),
    ]
    print(markdown(table))


if __name__ == "__main__":
    main()
