"""`python -m tests.requirements`: find what the tests need from the system, or install it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str | None:
    """Return the path of a Chromium: the system's, or the one that Playwright downloaded."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    shells = sorted(cache.glob("chromium*/chrome-*/*chrome*")) if cache.is_dir() else []
    files = [path for path in shells if path.is_file() and os.access(path, os.X_OK)]
    return str(files[-1]) if files else None


def install_browser() -> None:
    """Install Chromium by the system's packages where we are root on Debian, else by Playwright."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
        attempts = [
            ["apt-get", "update", *quiet],
            ["apt-get", "install", "-y", "--no-install-recommends", *quiet, "chromium"],
            *attempts,
        ]
    for attempt in attempts:
        subprocess.run(attempt, check=False, stdout=subprocess.DEVNULL)
        if browser_path():
            return


def main() -> int:
    """Make sure that there is a browser; without one its tests are skipped, and fail under CI."""
    if browser_path() is None:
        print("Installing a browser for the tests (once)…", flush=True)
        install_browser()
    if browser_path() is None:
        print("No Chromium could be found or installed: browser tests will be skipped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
