"""Three sentences on a place: why here, what is missing, and what would change it most."""

from collections.abc import Iterable
from decimal import Decimal

from talentpool.i18n import _, translated
from talentpool.matches.presenting import Part, SuggestionShown
from talentpool.matches.wording import figure

#: Parts or lacks that one sentence names.
NAMED = 3


def three_sentences(row: SuggestionShown, scores: Iterable[float]) -> list[str]:
    """Say it in the reader's language; `scores` are those of everybody in the list, this one's too."""
    return [_why(row), _lacks(row), _pivot(row, list(scores))]


def _why(row: SuggestionShown) -> str:
    named = row.parts[:NAMED]
    if not named:
        return translated(_("Aucun mot du profil ne le rapproche du poste."))
    return translated(
        _("Ce profil est à ce rang surtout pour %(parts)s."),
        parts=_listed(
            translated(
                _("« %(part)s » (%(points)s points)"), part=part.label, points=figure(part.points)
            )
            for part in named
        ),
    )


def _lacks(row: SuggestionShown) -> str:
    must = [one["label"] for one in row.missing_skills if one["must"]]
    nice = [one["label"] for one in row.missing_skills if not one["must"]]
    lacking = [*must, *nice, *row.missing_terms][:NAMED]
    if not lacking:
        return translated(_("Rien de ce qui pèse dans le besoin ne lui manque."))
    quoted = _listed(translated(_("« %(word)s »"), word=word) for word in lacking)
    if must:
        return translated(
            _("Il ne mentionne pas %(words)s, dont l’indispensable « %(must)s »."),
            words=quoted,
            must=must[0],
        )
    return translated(_("Il ne mentionne pas %(words)s."), words=quoted)


def _pivot(row: SuggestionShown, scores: list[float]) -> str:
    """Name the one thing that would move the place furthest, and about how far."""
    if row.result.is_apart:
        return translated(_("Un critère le place à part : seule une autre réponse y changerait."))
    rank = row.result.rank
    heaviest = max(row.parts, key=lambda part: part.points, default=None)
    without = _rank_with(row, scores, row.score - heaviest.points) if heaviest else rank
    known = _rank_with(row, scores, row.high)
    if heaviest and abs(without - rank) >= abs(rank - known) and without != rank:
        return _without(heaviest, without)
    if known != rank:
        return translated(
            _("Si ce qui reste inconnu lui était favorable, il serait vers le rang %(rank)d."),
            rank=known,
        )
    return translated(_("Rien de ce qui est connu ou inconnu ne changerait son rang à lui seul."))


def _without(part: Part, rank: int) -> str:
    return translated(
        _("Sans « %(part)s », il serait vers le rang %(rank)d : vérifiez d’abord ce point."),
        part=part.label,
        rank=rank,
    )


def _rank_with(row: SuggestionShown, scores: list[float], points: Decimal) -> int:
    """Tell about which rank a score would give, everybody else's being what they are."""
    own = row.result.score * 100 > points
    return 1 + sum(score * 100 > points for score in scores) - own


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    if not first:
        return last
    return translated(_("%(first)s et %(last)s"), first=", ".join(first), last=last)
