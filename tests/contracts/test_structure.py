"""The house's structure: who imports whom, which files outgrew their room, which templates nobody renders."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LARGEST = 400
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def test_nobody_imports_what_stands_above_them() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_no_file_has_outgrown_its_room() -> None:
    large = [
        path.relative_to(ROOT)
        for folder in ("matching", "talentpool", "templates", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html"}
        and "migrations" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > LARGEST
    ]
    assert large == []


def test_no_template_holds_an_address() -> None:
    """Whom to write to is a setting: another agency has another address."""
    texts = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    texts += (ROOT / "talentpool/matches").rglob("*.py")
    assert [str(path) for path in texts if ADDRESS.search(path.read_text("utf-8"))] == []


def test_every_template_is_used() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("talentpool", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt"}
    ]
    unused = [
        name
        for path in (ROOT / "templates").rglob("*.html")
        if (name := path.relative_to(ROOT / "templates").as_posix())
        if not any(re.search(rf"""["']{re.escape(name)}["']""", source) for source in sources)
    ]
    assert unused == []
