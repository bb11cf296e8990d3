"""JSON Lines: one object per line, each line judged on its own."""

import codecs
import json
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from talentpool.i18n import _
from talentpool.tabular.cells import DEPTH, TOO_DEEP, BadCell
from talentpool.tabular.limits import Limits, UnreadableFile
from talentpool.tabular.sniffing import JSON_ARRAY
from talentpool.tabular.text import shortened

LINE_TOO_LONG = _("La ligne dépasse %(limit)s octets.")
NOT_UTF_8 = _("La ligne n’est pas encodée en UTF-8.")
NOT_JSON = _("La ligne n’est pas du JSON valide (caractère %(position)s).")
NOT_AN_OBJECT = _("La ligne n’est pas un objet JSON : elle doit commencer par { et finir par }.")
NUMBER_TOO_LARGE = _("« %(value)s » n’est pas un nombre accepté.")
TWICE = _("« %(key)s » figure deux fois dans le même objet.")


def records(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, dict[str, Any] | BadCell]]:
    """Return the lines to come, from 1, each with its object as parsed, or what is wrong with it.

    Raises UnreadableFile at once when a first line that is a lone `{` shows a document spread over
    several lines.
    """
    first = stream.readline(limits.record).removeprefix(codecs.BOM_UTF8)
    stream.seek(0)
    if first.strip() == b"{":
        raise UnreadableFile(JSON_ARRAY)
    return _lines(stream, limits)


def _lines(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, dict[str, Any] | BadCell]]:
    number = 0
    while line := stream.readline(limits.record + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > limits.record:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limits.record)
            yield number, BadCell(LINE_TOO_LONG, {"limit": str(limits.record)})
        elif line.strip():
            try:
                yield number, _parsed(line)
            except BadCell as bad:
                yield number, bad


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        value = _DECODER.decode(line.decode().strip())
    except UnicodeDecodeError:
        raise BadCell(NOT_UTF_8) from None
    except json.JSONDecodeError as error:
        raise BadCell(NOT_JSON, {"position": str(error.pos + 1)}) from None
    except RecursionError:
        raise BadCell(TOO_DEEP, {"limit": str(DEPTH)}) from None
    if not isinstance(value, dict):
        raise BadCell(NOT_AN_OBJECT)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise BadCell(NUMBER_TOO_LARGE, {"value": name})


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise BadCell(NUMBER_TOO_LARGE, {"value": shortened(digits)})
    return number


def _integer(digits: str) -> int:
    if len(digits) > 100:
        raise BadCell(NUMBER_TOO_LARGE, {"value": shortened(digits)})
    return int(digits)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        [(twice, _count)] = Counter(key for key, _value in pairs).most_common(1)
        raise BadCell(TWICE, {"key": shortened(twice)})
    return members


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_float=_finite,
    parse_int=_integer,
    parse_constant=_refuse_constant,
)
