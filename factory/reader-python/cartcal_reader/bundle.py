"""A bundle's folder: checked, then read."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from .lenses import Lens, LensError
from .poses import Pose
from .scale import Scale, ScaleError

_SCHEMA = "cartcal.bundle/1"
_FILE_LIMIT = 64 << 20


class BundleError(Exception):
    """What is wrong with a bundle; the text names the file."""


@dataclass(frozen=True)
class Camera:
    """One camera; its lens is None where it could not be solved, poses where they are unknown."""

    name: str
    width: int
    height: int
    lens: Lens | None
    reference_from_camera: Pose | None
    cart_from_camera: Pose | None


@dataclass(frozen=True)
class Bundle:
    """A calibration. `document` is all of bundle.json; its schema is in cartcal's documentation."""

    cart_serial: str
    revision: int
    cameras: dict[str, Camera]
    reference_camera: str | None
    scale: Scale | None
    # The number of the key that signed, where that was checked.
    signed_by: str | None
    document: dict


def load(folder: str | Path, public_key: str | Path | None = None) -> Bundle:
    """Reads the bundle in `folder`, such as calibrations/CART-0042/current.

    Every file that is there is checked against SHA256SUMS; reports and evidence may be missing,
    since pruning removes them. With `public_key`, a file in minisign's format, SHA256SUMS is checked
    against its signature, for which PyNaCl is needed. Raises BundleError.
    """
    folder = Path(folder)
    listing = _read(folder / "SHA256SUMS")
    signer = _check_signature(folder, listing, Path(public_key)) if public_key else None
    contents = _checked(folder, listing)
    try:
        document = json.loads(contents)
    except ValueError as error:
        raise BundleError(f"{folder}/bundle.json is no JSON: {error}") from error
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        raise BundleError(f"{folder}/bundle.json is of schema {found!r}, not {_SCHEMA}. "
                          "Update cartcal-reader.")
    try:
        return _bundle(document, signer)
    except (KeyError, TypeError, ValueError, LensError, ScaleError) as error:
        raise BundleError(f"{folder}/bundle.json: {type(error).__name__} {error}") from error


def _bundle(document: dict, signer: str | None) -> Bundle:
    scale = document.get("scale")
    model = scale.get("model") if scale else None
    return Bundle(
        document["cart_serial"], int(document["revision"]),
        {name: _camera(name, value) for name, value in document["cameras"].items()},
        document.get("reference_camera"),
        Scale(model, scale.get("cell_names")) if model else None, signer, document)


def _camera(name: str, value: dict) -> Camera:
    pose = lambda key: Pose.from_json(value[key]) if value.get(key) else None  # noqa: E731
    lens = None
    if value.get("model") and value.get("parameters"):
        parameters = value["parameters"]
        lens = Lens(
            value["model"], int(value["width"]), int(value["height"]),
            [parameters[key] for key in ("fx", "fy", "cx", "cy")] + parameters["distortion"])
    return Camera(
        name, int(value["width"]), int(value["height"]), lens, pose("reference_from_camera"),
        pose("cart_from_camera"))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            contents = file.read(_FILE_LIMIT + 1)
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror}") from error
    if len(contents) > _FILE_LIMIT:
        raise BundleError(f"{path} is larger than any file of a bundle")
    return contents


def _checked(folder: Path, listing: bytes) -> bytes:
    """bundle.json as it was checked; the other files are checked as well."""
    bundle = None
    try:
        lines = listing.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BundleError(f"{folder}/SHA256SUMS is no text") from error
    for line in lines:
        digest, separator, name = line.partition("  ")
        parts = name.split("/")
        if not separator or len(digest) != 64 or name.startswith("/") or {"", ".", ".."} & set(parts):
            raise BundleError(f"{folder}/SHA256SUMS has a line that is no checksum: {line[:80]!r}")
        path = folder / name
        if name != "bundle.json" and not path.exists():
            continue
        contents = _read(path)
        if hashlib.sha256(contents).hexdigest() != digest:
            raise BundleError(f"{path} is not as it was written: its checksum differs")
        if name == "bundle.json":
            bundle = contents
    if bundle is None:
        raise BundleError(f"{folder}/SHA256SUMS does not list bundle.json")
    return bundle


def _check_signature(folder: Path, listing: bytes, key_file: Path) -> str:
    """The number of the key, where SHA256SUMS.minisig is its signature of `listing`."""
    try:
        from nacl.exceptions import BadSignatureError
        from nacl.signing import VerifyKey
    except ImportError as error:
        raise BundleError(
            "signatures need PyNaCl: pip install 'cartcal-reader[signatures]'") from error
    path = folder / "SHA256SUMS.minisig"
    key = _base64_line(key_file, 2, 42, 1)
    signature = _base64_line(path, 4, 74, 1)
    lines = _read(path).decode("utf-8", "replace").splitlines()
    comment = lines[2].removeprefix("trusted comment: ").encode()
    together = _base64_line(path, 4, 64, 3)
    if key[:2] != b"Ed" or key[2:10] != signature[2:10]:
        raise BundleError(f"{path} was made with another key than {key_file}")
    message = listing
    if signature[:2] == b"ED":
        message = hashlib.blake2b(listing).digest()
    elif signature[:2] != b"Ed":
        raise BundleError(f"{path} is of an unknown kind of signature")
    try:
        VerifyKey(key[10:]).verify(message, signature[10:])
        VerifyKey(key[10:]).verify(signature[10:] + comment, together)
    except BadSignatureError as error:
        raise BundleError(f"{path} is no signature of SHA256SUMS: do not use the bundle") from error
    return key[2:10][::-1].hex().upper()


def _base64_line(path: Path, lines: int, length: int, index: int) -> bytes:
    text = _read(path).decode("utf-8", "replace").splitlines()
    try:
        value = base64.b64decode(text[index], validate=True)
    except (IndexError, ValueError) as error:
        raise BundleError(f"{path} is not in minisign's format") from error
    if len(text) < lines or len(value) != length:
        raise BundleError(f"{path} is not in minisign's format")
    return value
