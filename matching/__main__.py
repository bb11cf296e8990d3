"""``python -m matching``: measure, time, audit and tune the ranking, write a run, build frequencies."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from matching import evaluation
from matching._asked import asked_of
from matching._background import Background
from matching._skills import Referential
from matching.measures import audit, bench, tune
from matching.measures.folder import (
    BadFolder,
    Document,
    read_judgements,
    read_postings,
    read_profiles,
)

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0, or 2 when the input cannot be used."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (BadFolder, evaluation.MissingExtra) as error:
        print(f"matching: {error}", file=sys.stderr)
        return BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("evaluate", help="measure against judged pairs and baselines")
    command.add_argument("folder", type=Path, metavar="DIR")
    command.add_argument("--json", action="store_true", help="print the means as JSON")
    command.set_defaults(command=_evaluate)

    command = commands.add_parser("rank", help="rank every profile for every posting")
    command.add_argument("folder", type=Path, metavar="DIR")
    command.add_argument("--out", type=Path, required=True, metavar="RUN.tsv")
    command.add_argument("--mode", choices=evaluation.MODES, default="families")
    command.set_defaults(command=_rank)

    command = commands.add_parser("audit", help="measure whether people are treated alike")
    command.add_argument("folder", type=Path, metavar="DIR")
    command.add_argument("--json", action="store_true", help="print the measures as JSON")
    command.set_defaults(command=_print_audit)

    command = commands.add_parser("tune", help="choose weights by cross-validation")
    command.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    command.add_argument("--draws", type=int, default=80, metavar="N")
    command.add_argument("--json", action="store_true", help="print the figures as JSON")
    command.set_defaults(command=_print_tuning)

    command = commands.add_parser("background", help="count terms in public postings")
    command.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    command.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    command.set_defaults(command=_background)

    command = commands.add_parser("bench", help="time the ranking beside search libraries")
    command.add_argument("folders", type=Path, nargs="*", metavar="DIR")
    command.add_argument("--sizes", type=_sizes, default=bench.SIZES, metavar="N,N,…")
    command.add_argument("--million", action="store_true", help="measure 1,000,000 profiles too")
    command.add_argument("--queries", type=_whole, default=bench.QUERIES, metavar="N")
    command.add_argument("--json", action="store_true", help="print the figures as JSON")
    command.set_defaults(command=_time)
    return parser


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"at least one, not {number}")
    return number


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(_whole(part) for part in text.split(","))
    if max(sizes) >= bench.MILLION:
        raise argparse.ArgumentTypeError("a million takes long and much memory: ask by --million")
    return sizes


def _evaluate(options: argparse.Namespace) -> None:
    postings, profiles = _read(options.folder)
    judged = read_judgements(options.folder, postings, profiles)
    results = evaluation.evaluate(postings, profiles, judged)
    if options.json:
        report: dict[str, Any] = {"protocol": evaluation.PROTOCOL, "n_postings": len(postings)}
        for mode, systems in results.items():
            report[mode] = {name: evaluation.means(values) for name, values in systems.items()}
        print(json.dumps(report, indent=2))
    else:
        print(f"Protocol {evaluation.PROTOCOL}: {len(postings)} postings, {len(profiles)} profiles")
        for mode, systems in results.items():
            _print_table(mode, systems)


def _print_table(mode: str, systems: Mapping[str, Mapping[str, Any]]) -> None:
    print(f"\n{mode:15}" + "".join(f"{measure:>11}" for measure in evaluation.MEASURES))
    for name, values in systems.items():
        figures = evaluation.means(values).values()
        print(f"{name:15}" + "".join(f"{figure:11.4f}" for figure in figures))
    ours, theirs = systems["product"]["ndcg@10"], systems["bm25"]["ndcg@10"]
    gain, ratio = evaluation.difference(ours, theirs)
    print(
        f"nDCG@10, product - bm25: {gain.value:+.4f}, 95% within {gain.low:+.4f} {gain.high:+.4f}"
    )
    print(
        f"nDCG@10, product / bm25: {ratio.value:.3f}, 95% within {ratio.low:.3f} {ratio.high:.3f}"
    )


def _rank(options: argparse.Namespace) -> None:
    postings, profiles = _read(options.folder)
    rank = evaluation.product(profiles)
    with _writing(options.out) as target:
        for posting in sorted(postings, key=lambda posting: posting.key):
            for place, (key, score) in enumerate(rank(posting, options.mode), start=1):
                target.write(f"{posting.key}\tQ0\t{key}\t{place}\t{score!r}\ttalentpool\n")


def _background(options: argparse.Namespace) -> None:
    postings = [
        evaluation.as_posting(document)
        for folder in options.folders
        for document in read_postings(folder)
    ]
    with _writing(options.out) as target:
        Background.of(
            postings, lambda posting: asked_of(posting, Referential.default()).terms
        ).write(target)


def _print_audit(options: argparse.Namespace) -> None:
    _print(audit.audit(*_read(options.folder)), audit.lines, options.json)


def _print_tuning(options: argparse.Namespace) -> None:
    folders = [tune.Folder.read(folder) for folder in options.folders]
    _print(tune.tune(folders, options.draws), tune.lines, options.json)


def _print(found: Any, lines: Callable[[Any], Iterable[str]], as_json: bool) -> None:
    text = json.dumps(found.to_dict(), indent=2, ensure_ascii=False) if as_json else None
    print(text if text is not None else "\n".join(lines(found)))


def _time(options: argparse.Namespace) -> None:
    sizes = dict.fromkeys((*options.sizes, *((bench.MILLION,) if options.million else ())))
    report: dict[str, Any] = {}
    notes: set[str] = set()
    for size, speed, missing in bench.bench(
        bench.folders(options.folders), list(sizes), options.queries
    ):
        report[str(size)] = speed._asdict()
        # Once each, not for every size.
        for note in (note for note in missing if note not in notes):
            print(f"matching: {note}", file=sys.stderr)
        notes.update(missing)
        if not options.json:
            print(f"\n{size:,} profiles")
            for name, figure in report[str(size)].items():
                shown = f"{figure:.3f}" if isinstance(figure, float) else figure
                print(f"  {name:18} {'-' if figure is None else shown}")
    if options.json:
        print(json.dumps(report, indent=2))


def _read(folder: Path) -> tuple[list[Document], list[Document]]:
    postings, profiles = read_postings(folder), read_profiles(folder)
    if not postings:
        raise BadFolder(f"{folder / 'postings.jsonl'}: no posting to rank for")
    return postings, profiles


def _writing(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise BadFolder(f"{path}: {error.strerror}") from None


if __name__ == "__main__":
    sys.exit(main())
