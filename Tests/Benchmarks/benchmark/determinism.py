"""The same input twice, and with 1 and 2 threads: which files differ, and where."""

import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path

from .cartcal import Cartcal
from .pictures import PictureSet

SERIAL = "BENCH-0001"
# What may differ between two runs, and so may what is computed from it.
FREE_KEYS = {
    "timing_s", "cpu_ms", "peak_rss_bytes", "created", "cameras_created", "created_at", "date",
    "time", "revision", "parent", "parent_sha256", "threads",
}
FREE_FILES = {"SHA256SUMS", "SHA256SUMS.minisig"}
# The same in a page for people: its date and its revision.
FREE_WORDS = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|revision \d+")


def differences(pictures: PictureSet, cartcal: Cartcal) -> dict[str, list[str]]:
    """For each comparison with the first run (1 thread): the files and keys that differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = _outputs(pictures, cartcal, 1, folder)
        return {
            "again": _differing(first, _outputs(pictures, cartcal, 1, folder)),
            "2 threads": _differing(first, _outputs(pictures, cartcal, 2, folder)),
        }


def _outputs(
    pictures: PictureSet, cartcal: Cartcal, threads: int, folder: Path
) -> dict[str, object]:
    """Everything a solve into a new store writes.

    Files that carry dates or times as parsed JSON without the free keys, the others as hashes.
    """
    saved, store = folder / "corners.json", folder / "store"
    shutil.rmtree(store, ignore_errors=True)
    solution, _ = cartcal.solve(
        pictures, "auto", threads=threads,
        more=("--save-corners", str(saved), "--cart", SERIAL, "--store", str(store)))
    outputs: dict[str, object] = {"solve.json": _without_free_keys(solution)}
    outputs[saved.name] = _hash(saved)
    for path in sorted((store / SERIAL).rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name in FREE_FILES:
            continue
        key = f"bundle/{path.name}"
        if path.name == "bundle.json":
            outputs[key] = _without_free_keys(json.loads(path.read_text()))
        elif path.suffix == ".html":
            outputs[key] = FREE_WORDS.sub("", path.read_text())
        else:
            outputs[key] = _hash(path)
    return outputs


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _without_free_keys(value: object) -> object:
    """`value` without the keys that may differ."""
    if isinstance(value, dict):
        return {
            key: _without_free_keys(part)
            for key, part in value.items() if key not in FREE_KEYS
        }
    if isinstance(value, list):
        return [_without_free_keys(part) for part in value]
    return value


def _differing(a: object, b: object, path: str = "") -> list[str]:
    if isinstance(a, dict) and isinstance(b, dict):
        return [
            found for key in sorted(a.keys() | b.keys())
            for found in _differing(a.get(key), b.get(key), f"{path}/{key}")
        ]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [
            found for i, pair in enumerate(zip(a, b))
            for found in _differing(*pair, f"{path}[{i}]")
        ]
    return [] if a == b else [path.lstrip("/")]
