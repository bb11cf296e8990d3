"""A comparison in sentences: on pages in the reader's language, in documents in French."""

from decimal import Decimal

from flask import g
from flask_babel import get_locale

from matching import Answer, Criterion, DecidedBy
from talentpool.i18n import _, ngettext, translated
from talentpool.matches.asked_skills import Showing, SkillCell, SkillMark
from talentpool.matches.compare import PointsApart, Why
from talentpool.matches.presenting import (
    CRITERIA,
    HIDDEN_TOWN,
    SuggestionShown,
    answer_words,
    iso_in_figures,
    town_and_days,
)
from talentpool.skills.models import JobFamily
from talentpool.skills.queries import families
from talentpool.talents.clearances import clearance_label
from talentpool.talents.models import LEVEL_LABELS, EmploymentStatus
from talentpool.talents.standing import Standing
from talentpool.talents.values import LanguageLevel, Spoken


def who(row: SuggestionShown) -> str:
    """Call somebody by their name once it may be read, by their code until then."""
    if row.talent is None:
        return translated(row.gone)
    return row.who


def figure(points: Decimal) -> str:
    """Write points as the language does: 12,4, and −5,0 with a sign of its own."""
    written = str(points).replace("-", "−")
    return written.replace(".", ",") if get_locale().language == "fr" else written


def fact(name: str, value: str | None) -> str:
    """Write a fact of a criterion in words."""
    if not value:
        return translated(_("non dit"))
    if name == "dates":
        return iso_in_figures(value)
    if name == "share":
        return f"{value}\N{NO-BREAK SPACE}%"
    if name == "place":
        return _place(value)
    if name == "seniority":
        return ngettext("%(num)d an", "%(num)d ans", int(value))
    if name == "status":
        labels = {status.value: status.label for status in EmploymentStatus}
        return ", ".join(translated(labels.get(code, code)) for code in value.split(", "))
    if name == "clearance":
        return ", ".join(translated(clearance_label(code)) for code in value.split(", "))
    if name == "languages":
        return ", ".join(map(_language, value.split(", ")))
    if name != "family":
        return value
    language = get_locale().language
    labels = {f.code: getattr(f, f"label_{language}", "") or f.label_fr for f in _families()}
    return ", ".join(labels.get(code, code) for code in value.split(", "))


def _families() -> list[JobFamily]:
    """List the families, read once for all the lines of a page."""
    if "job_families" not in g:
        g.job_families = families()
    known: list[JobFamily] = g.job_families
    return known


def _language(value: str) -> str:
    code, _space, level = value.partition(" ")
    return Spoken(code, LanguageLevel(level) if level else None).label


def _place(value: str) -> str:
    town, days = town_and_days(value)
    said = [translated(_("ville masquée")) if town == HIDDEN_TOWN else town] if town else []
    if days is not None:
        said.append(
            ngettext(
                "%(num)d jour de télétravail par semaine",
                "%(num)d jours de télétravail par semaine",
                days,
            )
            if days
            else translated(_("sans télétravail"))
        )
    return ", ".join(said)


def skill_words(cell: SkillCell) -> str:
    """Say what somebody shows of a skill, and what it stands on."""
    if cell.showing is not Showing.STATED:
        return translated(_NOT_STATED[cell.showing])
    if cell.proven_level is not None:
        found = translated(LEVEL_LABELS[cell.proven_level]).lower()
        if cell.level is None:
            return translated(_("évalué %(found)s"), found=found)
        stated = translated(LEVEL_LABELS[cell.level]).lower()
        return translated(_("déclaré %(stated)s, évalué %(found)s"), stated=stated, found=found)
    level = _("oui, niveau non dit") if cell.level is None else LEVEL_LABELS[cell.level]
    return f"{translated(level)} ({translated(cell.standing.label)})"


_NOT_STATED = {
    Showing.MENTIONED: _("dans ses textes"),
    Showing.ABSENT: _("non mentionné"),
    Showing.ERASED: _("données effacées"),
}


def mark_words(mark: SkillMark) -> tuple[str, str]:
    """Say in a few words how surely somebody holds a skill asked for, with the kind of its badge."""
    cell = mark.cell
    if mark.is_proven:
        return translated(_("prouvé")), "success"
    if cell.proven_level is not None:
        below = _("évalué %(found)d, demandé %(asked)d")
        return translated(below, found=cell.proven_level, asked=mark.asked_level), "warning"
    if cell.showing is Showing.STATED:
        is_shown = cell.standing is Standing.EVIDENCED
        return translated(_("déclaré, avec preuve") if is_shown else _("déclaré")), "info"
    words = _("dans ses textes") if cell.showing is Showing.MENTIONED else _("inconnu")
    return translated(words), ""


def why_sentences(why: Why) -> list[str]:
    """Say why the first stands before the second: what decides, then the few differences, heaviest first."""
    first, second = who(why.first), who(why.second)
    decided = why.comparison.decided_by
    sentences = [_OPENINGS[decided](why, first, second)]
    sentences += [_difference(one, first, second) for one in why.differences]
    if why.comparison.others:
        sentences.append(_remainder(why, first, second))
    sentences += _criteria(why, first, second)
    return sentences


def _by_criteria(why: Why, first: str, second: str) -> str:
    missed = ", ".join(
        translated(CRITERIA.get(one.name, one.name)).lower()
        for one in why.comparison.criteria
        if one.second is not None and one.second.answer is Answer.NO
    )
    return translated(
        _(
            "%(second)s répond non à un critère (%(missed)s) et se trouve à part, après toutes les autres "
            "personnes : les points n’y changent rien (%(points)s pour %(first)s, %(less)s pour %(second)s)."
        ),
        first=first,
        second=second,
        missed=missed,
        points=figure(why.first.score),
        less=figure(why.second.score),
    )


def _by_score(why: Why, first: str, second: str) -> str:
    values = {
        "first": first,
        "second": second,
        "points": figure(why.first.score),
        "less": figure(why.second.score),
    }
    if not why.amount:
        return translated(
            _(
                "%(first)s et %(second)s ont %(points)s points : moins d’un dixième de point les sépare."
            ),
            **values,
        )
    return translated(
        _("%(first)s a %(points)s points, %(second)s en a %(less)s : l’écart est de %(gap)s."),
        **values,
        gap=figure(abs(why.amount)),
    )


def _by_key(why: Why, first: str, second: str) -> str:
    return translated(
        _(
            "%(first)s et %(second)s ont exactement le même score : l’ordre entre ces deux personnes suit "
            "une clé tirée au hasard, qui ne dit rien d’elles."
        ),
        first=first,
        second=second,
    )


_OPENINGS = {
    DecidedBy.CRITERIA: _by_criteria,
    DecidedBy.SCORE: _by_score,
    DecidedBy.KEY: _by_key,
}


def _difference(one: PointsApart, first: str, second: str) -> str:
    values = {
        "label": translated(one.label) if one.kind == "criterion" else one.label,
        "ahead": first if one.amount >= 0 else second,
        "more": figure(max(one.first, one.second)),
        "less": figure(min(one.first, one.second)),
        "gap": figure(abs(one.amount)),
    }
    if not one.amount:
        return translated(_("« %(label)s » : moins d’un dixième de point d’écart."), **values)
    return translated(
        _("« %(label)s » : %(more)s points contre %(less)s, soit %(gap)s de plus pour %(ahead)s."),
        **values,
    )


def _remainder(why: Why, first: str, second: str) -> str:
    count = ngettext(
        "%(num)d autre différence", "%(num)d autres différences", why.comparison.others
    )
    if not why.remainder:
        return translated(_("%(count)s : moins d’un dixième de point au total."), count=count)
    return translated(
        _("%(count)s : %(gap)s de plus au total pour %(ahead)s."),
        count=count,
        gap=figure(abs(why.remainder)),
        ahead=first if why.remainder > 0 else second,
    )


def _criteria(why: Why, first: str, second: str) -> list[str]:
    sentences = []
    for one in why.comparison.criteria:
        if one.first is None or one.second is None:
            continue
        if counts(why, one.name) and _degree(one.first) == _degree(one.second):
            # It counts the same for both: the facts tell nobody apart.
            continue
        decides = Answer.NO in {one.first.answer, one.second.answer} or counts(why, one.name)
        sentences.append(
            translated(
                _SETS_APART if decides else _CHANGES_NOTHING,
                criterion=translated(CRITERIA.get(one.name, one.name)).lower(),
                first=first,
                answer=translated(answer_words(vars(one.first))[0]),
                held=_held(why.first, one.name),
                second=second,
                other=translated(answer_words(vars(one.second))[0]),
                known=_held(why.second, one.name),
            )
        )
    return sentences


def counts(why: Why, name: str) -> bool:
    """Whether a criterion is soft, and added to or took off either score."""
    reasons = (
        reason for row in (why.first, why.second) for reason in row.result.explanation["reasons"]
    )
    return any(one["kind"] == "criterion" and one["label"] == name for one in reasons)


def _degree(criterion: Criterion) -> tuple[float, float]:
    return criterion.low, criterion.high


def _held(row: SuggestionShown, name: str) -> str:
    """Write what somebody's profile says, as far as it may be read."""
    return fact(name, next((one.held for one in row.criteria if one.name == name), None))


_SETS_APART = _(
    "Critère « %(criterion)s » : %(first)s, %(answer)s (%(held)s) ; "
    "%(second)s, %(other)s (%(known)s)."
)
_CHANGES_NOTHING = _(
    "Sans effet sur l’ordre, critère « %(criterion)s » : %(first)s, %(answer)s (%(held)s) ; "
    "%(second)s, %(other)s (%(known)s)."
)


#: What rankings read of a profile or a need, in words.
FIELD_NAMES = {
    "headline": _("fonction"),
    "families": _("métier"),
    "skills": _("compétences"),
    "experience": _("expériences"),
    "text": _("texte"),
    "available_from": _("libre à partir du"),
    "share_pct": _("part de temps"),
    "is_time_proven": _("disponibilité tirée des contrats"),
    "town": _("ville"),
    "other_towns": _("autres villes"),
    "remote_days": _("télétravail"),
    "statuses": _("statut"),
    "is_status_proven": _("statut tiré des contrats"),
    "clearances": _("habilitations"),
    "clearance": _("habilitation"),
    "languages": _("langues"),
    "seniority_years": _("ancienneté"),
    "wishes": _("thèmes souhaités"),
    "title": _("titre"),
    "summary": _("résumé"),
    "themes": _("thèmes"),
    "starts_on": _("début"),
    "ends_on": _("fin"),
}
_FACTS = {
    "families": "family",
    "available_from": "dates",
    "starts_on": "dates",
    "ends_on": "dates",
    "share_pct": "share",
    "remote_days": "place",
    "statuses": "status",
    "seniority_years": "seniority",
    "clearances": "clearance",
    "clearance": "clearance",
    "languages": "languages",
}


def changed_fact(field: str, value: str | None) -> str:
    """Write what a short field said, in words."""
    return fact(_FACTS.get(field, ""), value) if field in _FACTS else value or fact("", None)


def move_sentences(why: Why) -> list[str]:
    """Say what changed in somebody's score between then (the second) and today (the first)."""
    sentences = [
        translated(
            _("« %(label)s » : de %(then)s à %(now)s points."),
            label=translated(one.label) if one.kind == "criterion" else one.label,
            then=figure(one.second),
            now=figure(one.first),
        )
        for one in why.differences
        if one.amount
    ]
    left = why.amount - sum((one.amount for one in why.differences), Decimal(0))
    if why.comparison.others and left:
        count = ngettext(
            "%(num)d autre différence", "%(num)d autres différences", why.comparison.others
        )
        gap = f"{'+' if left > 0 else '−'}{figure(abs(left))}"
        sentences.append(translated(_("%(count)s : %(gap)s au total."), count=count, gap=gap))
    sentences += [
        translated(
            _("Critère « %(criterion)s » : de %(then)s (%(known)s) à %(now)s (%(held)s)."),
            criterion=translated(CRITERIA.get(one.name, one.name)).lower(),
            then=translated(answer_words(vars(one.second))[0]),
            known=_held(why.second, one.name),
            now=translated(answer_words(vars(one.first))[0]),
            held=_held(why.first, one.name),
        )
        for one in why.comparison.criteria
        if one.first is not None
        and one.second is not None
        # What only the need asks otherwise changes nothing of the person.
        and (one.first.answer, one.first.held) != (one.second.answer, one.second.held)
    ]
    return sentences or [translated(_("Même score, au dixième de point près."))]
