"""RMS after the same solve of two detectors' corners, on what both have found."""

import numpy as np

from .cartcal import Cartcal
from .corners import CornerTable, Grid
from .detection import CARTCAL, SetResult
from .opencv_solving import calibrate
from .pictures import PictureSet

# set, camera, lens of the comparisons
CASES = [
    ("opencv_stereo", "cam0", "opencv5"),
    ("opencv_stereo", "cam1", "opencv5"),
    ("udacity_gopro_wide", "cam0", "opencv8"),
]


def common(ours: dict[str, Grid], peers: dict[str, Grid]) -> tuple[dict, dict, float]:
    """Both tables with the same views and corners, and the share of the peer's corners kept.

    A board that does not tell its ends apart may be turned in one of them: the peer's order is
    the one nearer to ours.
    """
    kept_ours, kept_peers, kept, total = {}, {}, 0, 0
    for key, peer in peers.items():
        if peer is None:
            continue
        total += len(peer)
        own = ours.get(key)
        if own is None:
            continue
        as_is, turned = (np.nanmedian(np.abs(own - order)) for order in (peer, peer[::-1]))
        if turned < as_is:
            peer = peer[::-1]
        both = ~np.isnan(own[:, 0]) & ~np.isnan(peer[:, 0])
        kept += int(both.sum())
        kept_ours[key] = np.where(both[:, None], own, np.nan)
        kept_peers[key] = np.where(both[:, None], peer, np.nan)
    return kept_ours, kept_peers, kept / total if total else 0.0


def compare(
    pictures: PictureSet, camera: str, lens: str, found: dict[str, SetResult], peers: list[str],
    cartcal: Cartcal | None,
) -> dict[str, dict]:
    """For each peer: RMS of ours and of the peer's corners, by our solver and by OpenCV's.

    Without our detector (nothing built yet) the peers' corners are solved as they are.
    """
    size = pictures.picture_size(camera)
    results = {}
    for name in peers:
        theirs = found[name].grids[camera]
        ours = found[CARTCAL].grids[camera] if CARTCAL in found else theirs
        kept_ours, kept_peers, share = common(ours, theirs)
        row = {"views": len(kept_peers), "share_of_peers_corners": share}
        for label, views in (("ours", kept_ours), ("peer", kept_peers)):
            table: CornerTable = {camera: views}
            row[f"{label}_rms_px_opencv"] = calibrate(pictures, table, camera, lens, size).rms_px
            if cartcal is not None:
                solution, _ = cartcal.solve(
                    pictures, lens, table, bare=True, cameras=[camera])
                row[f"{label}_rms_px"] = solution["rms_px"]
        results[name] = row
    return results
