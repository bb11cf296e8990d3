"""`python -m talentpool.translations [update]`: compile the catalogues; with `update`, gather texts first."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def gathered() -> Catalog:
    """Return every text marked in code and templates, without line numbers, which would only churn."""
    catalogue = Catalog(project="talentpool", fuzzy=False)
    for folder in ("talentpool", "templates"):
        found = extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")],
            options_map={"**.html": {"trimmed": "true", "silent": "false"}},
            keywords=KEYWORDS,
        )
        for filename, _line, message, _comments, context in found:
            # Line 0 stands for none: it is never written.
            catalogue.add(message, None, locations=[(f"{folder}/{filename}", 0)], context=context)
    return catalogue


def catalogues() -> list[Path]:
    """List the catalogues of the languages other than French."""
    return sorted(HERE.glob("*/LC_MESSAGES/messages.po"))


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update() -> None:
    """Bring the catalogues in line with the texts; those without a translation are left empty."""
    template = gathered()
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, no_location=False, sort_by_file=True)


def compile_all() -> None:
    """Compile what changed since the last time."""
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            with compiled.open("wb") as file:
                write_mo(file, read(path))


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    compile_all()
