"""Arrays in a directory: replaced in one step, and opened without being read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
MANIFEST = "manifest.json"
_PREFIX = "arrays-"

Arrays = Mapping[str, NDArray[Any]]


class UnreadableIndex(ValueError):
    """What a directory holds can't be opened as an index; fitting and saving again mends it."""


def write(directory: Path, facts: Mapping[str, Any], arrays: Arrays) -> None:
    """Write arrays and JSON-safe facts about them, replacing in one step what the directory held.

    Whoever has the arrays that were there open keeps them.
    """
    directory.mkdir(parents=True, exist_ok=True)
    home = Path(mkdtemp(prefix=_PREFIX, dir=directory))
    home.chmod(0o755)
    for name, array in arrays.items():
        np.save(home / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
    manifest = {"format": FORMAT, "home": home.name, "arrays": sorted(arrays), **facts}
    with NamedTemporaryFile("w", dir=directory, delete=False, encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False)
    written = Path(file.name)
    written.chmod(0o644)
    written.replace(directory / MANIFEST)
    for other in directory.glob(f"{_PREFIX}*"):
        if other.name != home.name:
            shutil.rmtree(other, ignore_errors=True)


def read(directory: Path) -> tuple[dict[str, Any], Arrays]:
    """Give the facts and the arrays, mapped read-only from their files.

    Raises ``UnreadableIndex`` when there is nothing, or something else than ``write`` leaves.
    """
    for _attempt in range(3):
        manifest = _manifest(directory)
        home = directory / Path(str(manifest.get("home"))).name
        try:
            arrays = {name: _mapped(home / f"{Path(name).name}.npy") for name in manifest["arrays"]}
        except FileNotFoundError:
            # Written anew between the manifest and its arrays: the manifest says where they are now.
            continue
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise UnreadableIndex(f"{home} holds a broken array: {error}") from error
        return manifest, arrays
    raise UnreadableIndex(f"{directory} lacks arrays that its {MANIFEST} names")


def _mapped(path: Path) -> NDArray[Any]:
    # Seen as what it maps: the mapping's own class makes each look at an element ten times as slow.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _manifest(directory: Path) -> dict[str, Any]:
    path = directory / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableIndex(f"{path} can't be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UnreadableIndex(f"{path} is not of format {FORMAT}")
    return manifest
