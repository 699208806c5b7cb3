"""Stores under kill -9 and on a full disk: the revision in force stays in force, and whole.

    run stores [--kills N]

Started by the script `run`. Kills `cartcal solve`, which stores a revision, at random instants of its
run, most of them while it writes; then fills a small file system in memory (as root only: it has to be
mounted). After each, `cartcal bundle verify` must find a whole revision in force, and a store that was
audited before must be so again.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SESSION = ROOT / "Tests" / "EndToEndTests" / "Fixtures" / "stereo"
BOARD = "checkerboard:8x5:27mm"


class Cart:
    """A cart's store, with corners to solve again and again, and a key that signs."""

    def __init__(self, program: Path, folder: Path, store: Path) -> None:
        self.program, self.store, self.keys = program, store, folder / "keys"
        self.corners, self.key = folder / "corners.json", folder / "station.key"
        if not self.key.exists():
            self.must("key", "new", self.key)
            self.must("key", "trust", f"{self.key}.pub", "--keys", self.keys)
            self.must("solve", SESSION, "--board", BOARD, "--lens", "opencv4", "--save-corners",
                      self.corners)

    def must(self, *words: object) -> None:
        done = self.run(*words)
        if done.returncode != 0:
            sys.exit(f"cartcal {words[0]}: {done.stderr}")

    def run(self, *words: object) -> subprocess.CompletedProcess:
        return subprocess.run([self.program, *map(str, words)], capture_output=True, text=True,
                              check=False)

    @property
    def storing(self) -> list[str]:
        return [str(word) for word in (
            "solve", "--corners", self.corners, "--lens", "opencv4", "--cart", "CART-1", "--store",
            self.store, "--key", self.key, "--keys", self.keys)]

    def solve(self) -> subprocess.CompletedProcess:
        return self.run(*self.storing)

    def current(self) -> str:
        return os.readlink(self.store / "CART-1" / "current")

    def is_whole(self) -> bool:
        return self.run("bundle", "verify", "CART-1", "--store", self.store, "--keys",
                        self.keys).returncode == 0

    def is_audited(self) -> bool:
        return self.run("bundle", "audit", "--store", self.store, "--keys",
                        self.keys).returncode == 0


def kills(cart: Cart, count: int, seed: int) -> dict:
    """Kills at random instants: how often the store was not whole, and how often killing hit a write."""
    numbers = random.Random(seed)
    cart.must(*cart.storing)
    start = time.monotonic()
    cart.must(*cart.storing)
    whole_run = time.monotonic() - start
    broken = writing = stored = 0
    for _ in range(count):
        before = cart.current()
        child = subprocess.Popen([cart.program, *cart.storing], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        # The later part of a run writes.
        time.sleep(whole_run * numbers.uniform(0.3, 1.05))
        child.send_signal(signal.SIGKILL)
        child.wait()
        partial = any("partial" in name for name in os.listdir(cart.store / "CART-1"))
        writing += partial
        stored += cart.current() != before
        if not cart.is_whole() or cart.current() < before:
            broken += 1
    cart.must(*cart.storing)
    left = sum("partial" in name for name in os.listdir(cart.store / "CART-1"))
    return {"kills": count, "within_a_write": writing, "new_revision_in_force": stored,
            "not_whole": broken, "leftovers": left, "audit_passes": cart.is_audited()}


def full_disk(program: Path, folder: Path) -> dict | None:
    """Fills a file system of a few megabytes by solving; nil where it cannot be mounted."""
    place = folder / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place],
                             capture_output=True, check=False)
    if mounted.returncode != 0:
        return None
    try:
        cart = Cart(program, folder, place / "store")
        refused = broken = written = 0
        for _ in range(40):
            done = cart.solve()
            written += done.returncode == 0
            if done.returncode != 0:
                refused += done.returncode == 4
                broken += done.returncode != 4 or not cart.is_whole()
        left = sum("partial" in name for name in os.listdir(cart.store / "CART-1"))
        return {"written": written, "refused_as_full": refused, "not_whole": broken,
                "leftovers": left, "audit_passes": cart.is_audited()}
    finally:
        subprocess.run(["umount", place], check=False)


def main() -> None:
    parser = argparse.ArgumentParser(prog="run stores", description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", type=Path, default=ROOT / ".build" / "release" / "cartcal")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cartcal-stores-"))
    try:
        killed = kills(Cart(options.program, folder, folder / "store"), options.kills, options.seed)
        full = full_disk(options.program, folder) if os.geteuid() == 0 else None
    finally:
        shutil.rmtree(folder)
    print(f"kill -9: {killed}")
    print(f"full disk: {full}" if full else "full disk: skipped, since only root can mount one")
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / "stores.json").write_text(json.dumps(
        {"schema": "cartcal.stores-benchmark/1", "seed": options.seed, "killed": killed,
         "full_disk": full}, indent=1) + "\n")
    parts = [part for part in (killed, full) if part]
    sys.exit(0 if all(part["not_whole"] == 0 and part["audit_passes"] for part in parts) else 1)


if __name__ == "__main__":
    main()
