"""What a person who asks is told of one decision: what was computed of them, and what people decided.

French only, as documents are. Nobody else's data stands in it. It answers article R. 311-3-1-2 of the
code des relations entre le public et l'administration point by point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching import Mode, Profile
from talentpool.access import Role
from talentpool.accounts.models import Account
from talentpool.matches.explanation_frame import (
    OPERATIONS,
    PARAMETERS,
    PURPOSE,
    ROLE_OF_THE_RANKING,
    WHAT_IS_NEVER_READ,
    rights,
)
from talentpool.matches.models import MatchDecision, MatchResult, MatchRun, ReasonCode
from talentpool.matches.presenting import (
    CRITERIA,
    FIELDS,
    Part,
    SuggestionShown,
    shown,
    without_town,
)
from talentpool.matches.settings import MODES
from talentpool.matches.wording import fact, figure
from talentpool.needs.models import NeedSeat
from talentpool.placements.letters.printing import in_words
from talentpool.placements.letters.reports import Block
from talentpool.proposals.models import Proposal, ProposalAnswer
from talentpool.proposals.stages import AnswerReason, ProposalStatus, Question
from talentpool.talents.models import LEVEL_LABELS, Talent

SOURCES = {
    False: "votre profil, saisi par vous ou, avec vous, par l’agence",
    True: "un fichier de profils que l’agence a importé",
}
WITHHELD = "reproduit en entier dans la lettre"
NOT_SAID = "non dit"


@dataclass(frozen=True)
class Case:
    """Everything on record about one person and one seat."""

    seat: NeedSeat
    talent: Talent
    result: MatchResult | None
    decisions: Sequence[MatchDecision]
    proposals: Sequence[Proposal]

    @property
    def run(self) -> MatchRun | None:
        """The ranking that is explained, if there was one."""
        return self.result.run if self.result else None


@dataclass(frozen=True)
class Explanation:
    """A letter's words; the same words print the same bytes."""

    title: str
    reference: str
    status: str
    dated_on: date
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def explanation_of(case: Case, *, reference: str, dated_on: date, is_named: bool) -> Explanation:
    """Write the explanation of a case.

    Unless `is_named`, the person goes by their code and their own sentences are withheld: what pages
    show before anybody is shortlisted.
    """
    seat, run = case.seat, case.run
    row = shown(case.result, case.talent, None, {}, is_lifted=is_named) if case.result else None
    return Explanation(
        title="Explication d’une décision",
        reference=reference,
        status="Établie à la demande de la personne concernée",
        dated_on=dated_on,
        facts=(
            ("Personne", case.talent.label if is_named else case.talent.code),
            ("Poste", seat.label),
            ("Besoin", seat.need.title),
            ("Administration", seat.need.host_label),
            ("Classement", _run_fact(run)),
        ),
        blocks=(
            Block("À quoi sert ce traitement", PURPOSE),
            Block("Sa part dans la décision", _contribution(run)),
            *(_ranked(run, row, case.talent, is_named) if run and row else ()),
            Block(
                "Ce que des personnes ont décidé",
                _undecided(case),
                points=tuple(_decided(case)),
            ),
            rights(),
        ),
    )


def _run_fact(run: MatchRun | None) -> str:
    if run is None:
        return "aucun ne vous a été appliqué pour ce poste"
    return f"numéro {run.id}, du {_day(run.created_at)}, version {run.code_version}"


def _day(moment: datetime) -> str:
    return in_words(moment.date())


def _contribution(run: MatchRun | None) -> tuple[str, ...]:
    if run is None:
        return ("Aucun classement n’a servi : la décision est entièrement humaine.",)
    asked = f"Le classement a été demandé le {_day(run.created_at)} par {_function(run.ranked_by)}."
    return (*ROLE_OF_THE_RANKING, asked)


def _function(account: Account | None) -> str:
    """Call who acted by what they are, never by name."""
    functions = {
        Role.AGENCY_STAFF: "une personne de l’équipe de l’agence",
        Role.AGENCY_DIRECTOR: "une personne de la direction de l’agence",
        Role.ADMINISTRATOR: "une personne de l’administration du service",
    }
    return functions.get(account.role, "une personne de l’agence") if account else "l’agence"


def _ranked(run: MatchRun, row: SuggestionShown, talent: Talent, is_named: bool) -> Iterable[Block]:
    yield Block(
        "Les données vous concernant qui ont été lues, et d’où elles viennent",
        WHAT_IS_NEVER_READ,
        head=("Donnée", "Ce qui a été lu", "Source"),
        rows=tuple(_data(row.result, talent, is_named)),
        widths=(1.0, 2.4, 1.2),
    )
    yield _score(run, row, is_named)
    yield _criteria(row)
    if row.missing_skills or row.missing_terms:
        yield _missing(row)
    yield Block(
        "Les paramètres et leur poids",
        (
            "Ils étaient les mêmes pour toutes les personnes classées. Plus un nombre est grand, plus ce "
            "qu’il pèse compte.",
        ),
        head=("Paramètre", "Poids"),
        rows=tuple(_weights(run.parameters)),
        widths=(4.0, 1.0),
        figures=(1,),
    )
    yield OPERATIONS


def _data(result: MatchResult, talent: Talent, is_named: bool) -> Iterable[tuple[str, str, str]]:
    if result.snapshot is None:
        yield ("Profil", "les textes lus ont été effacés depuis", NOT_SAID)
        return
    read = Profile.from_dict(result.snapshot.profile)
    source = SOURCES[talent.is_imported]
    time = (
        "les contrats, placements et absences que l’agence enregistre"
        if read.is_time_proven
        else source
    )
    yield ("Fonction", _own_words((read.headline,), is_named), source)
    yield ("Métier", fact("family", ", ".join(read.families)), source)
    yield ("Compétences", _own_words((", ".join(_skills(read)),), is_named), source)
    yield ("Expériences", _own_words(read.experience, is_named), source)
    yield ("Présentation", _own_words((read.text,), is_named), source)
    free = in_words(read.available_from) if read.available_from else NOT_SAID
    yield ("Libre à partir du", free, time)
    share = NOT_SAID if read.share_pct is None else fact("share", str(read.share_pct))
    yield ("Part de temps", share, time)
    for name, held in _facts(read).items():
        if held:
            hidden = held if is_named or name != "place" else without_town(held)
            yield (CRITERIA[name], fact(name, hidden), source)


def _skills(read: Profile) -> Iterable[str]:
    for held in read.skills:
        said = [] if held.level is None else [LEVEL_LABELS[held.level].lower()]
        if held.proven_level is not None:
            found = LEVEL_LABELS[held.proven_level].lower()
            said.append(f"évaluée par l’agence au niveau {found}")
        yield f"{held.label} ({', '.join(said)})" if said else held.label


def _facts(read: Profile) -> dict[str, str]:
    """Write what a profile says for each criterion without words, as the criterion's answer does."""
    days = [] if read.remote_days is None else [str(read.remote_days)]
    towns = filter(None, [read.town, *read.other_towns])
    spoken = (f"{one.code} {one.level or ''}".strip() for one in read.languages)
    return {
        "place": ", ".join([*towns, *days]),
        "wishes": ", ".join(read.wishes),
        "status": ", ".join(read.statuses),
        "seniority": "" if read.seniority_years is None else str(read.seniority_years),
        "languages": ", ".join(spoken),
        "clearance": ", ".join(read.clearances),
    }


def _own_words(texts: Sequence[str], is_named: bool) -> str:
    written = "\n".join(text for text in texts if text)
    if not written:
        return NOT_SAID
    return written if is_named else WITHHELD


def _score(run: MatchRun, row: SuggestionShown, is_named: bool) -> Block:
    told = (
        f"Votre score est de {figure(row.score)} points sur 100. Il vous a donné le rang "
        f"{row.result.rank} sur {run.pool_size} personnes classées.",
        *_range(row),
        "Voici chaque mot ou compétence que votre profil et le besoin ont en commun. Les points "
        "s’additionnent et donnent le score."
        if row.parts
        else "Aucun mot ni compétence n’est commun à votre profil et au besoin.",
    )
    return Block(
        "Votre score, et chacune de ses parts",
        told,
        head=("Mot ou compétence", "Dans votre profil", "Dans le besoin", "Points"),
        rows=(
            *(_part(run, part, is_named) for part in row.parts),
            *((f"{one.label} (critère)", "", "", _signed(one)) for one in row.gains + row.costs),
            ("Total", "", "", figure(row.score)),
        ),
        widths=(1.4, 1.8, 1.4, 0.6),
        figures=(3,),
    )


def _range(row: SuggestionShown) -> Iterable[str]:
    if row.is_uncertain:
        yield (
            f"Selon ce qui reste inconnu, il pourrait aller de {figure(row.low)} à {figure(row.high)} : "
            "cela n’a pas compté dans l’ordre."
        )


def _signed(part: Part) -> str:
    return f"{'+' if part.points >= 0 else '−'}{figure(abs(part.points))}"


def _part(run: MatchRun, part: Part, is_named: bool) -> tuple[str, str, str, str]:
    fields = ", ".join(_field(run, name) for name in part.fields)
    words = ", ".join(part.profile_words) if is_named else WITHHELD
    label = f"{part.label} (compétence)" if part.kind == "skill" else part.label
    return (label, f"{words} – {fields}", ", ".join(part.posting_words), figure(part.points))


def _field(run: MatchRun, name: str) -> str:
    """Name a field of the profile with what a mention in it weighed."""
    weight = run.parameters.get("held_skills" if name == "skills" else name)
    return FIELDS[name] if weight is None else f"{FIELDS[name]} (poids {_number(weight)})"


def _number(value: Any) -> str:
    return str(value).replace(".", ",")


def _criteria(row: SuggestionShown) -> Block:
    told = "Aucun ne place votre profil à part."
    if row.result.is_apart:
        told = (
            "Une réponse « non » place votre profil à part de la liste, après les autres, avec sa "
            "raison. Elle n’écarte pas : une personne de l’agence peut l’y ramener."
        )
    return Block(
        "Les critères",
        (
            "Une réponse inconnue ne met personne à part, et n’ajoute ni n’ôte de points.",
            told,
        ),
        head=("Critère", "Demandé", "Dans votre profil", "Réponse"),
        rows=tuple(
            (c.label, fact(c.name, c.asked), fact(c.name, c.held), c.answer) for c in row.criteria
        ),
        widths=(1.0, 1.2, 1.2, 0.8),
    )


def _missing(row: SuggestionShown) -> Block:
    skills = [
        f"{missing['label']}{' (indispensable)' if missing['must'] else ''}"
        for missing in row.missing_skills
    ]
    points = []
    if skills:
        points.append(f"Compétences demandées : {', '.join(skills)}.")
    if row.missing_terms:
        points.append(f"Mots qui pèsent dans le besoin : {', '.join(row.missing_terms)}.")
    return Block(
        "Ce que votre profil ne mentionne pas",
        ("Ne pas mentionner n’est pas ne pas avoir : vous pouvez compléter votre profil.",),
        points=tuple(points),
    )


def _weights(parameters: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in parameters.items():
        if name == "criteria":
            for criterion, mode in value.items():
                label = CRITERIA.get(criterion, criterion)
                yield (f"Critère « {label.lower()} »", MODES[Mode(mode)].lower())
        elif name == "required_skills":
            if value:
                yield (PARAMETERS[name], ", ".join(value))
        else:
            yield (PARAMETERS.get(name, name), _number(value))


def _undecided(case: Case) -> tuple[str, ...]:
    if case.decisions or case.proposals:
        return ("Dans l’ordre où cela s’est passé :",)
    return ("À ce jour, personne n’a rien décidé à votre sujet pour ce poste.",)


def _decided(case: Case) -> Iterable[str]:
    """List what people decided, oldest first, the decider by function."""
    acts = [(decision.created_at, _decision(decision)) for decision in case.decisions]
    for proposal in case.proposals:
        acts.append((proposal.created_at, _proposed(proposal)))
        acts += [(given.created_at, _answered(given)) for given in proposal.answers]
        if proposal.status is not ProposalStatus.PROPOSED:
            acts.append((proposal.moved_at, _moved(proposal)))
    return (words for _at, words in sorted(acts))


def _decision(decision: MatchDecision) -> str:
    reason = decision.reason.label
    if decision.reason is ReasonCode.OTHER:
        reason = "une autre raison, écrite à votre dossier, que vous pouvez demander à lire"
    return (
        f"Le {_day(decision.created_at)}, {_function(decision.decided_by)} : "
        f"{_lowered(decision.verdict.label)}. Raison : {_lowered(reason)}."
    )


def _proposed(proposal: Proposal) -> str:
    by = _function(proposal.proposed_by)
    return f"Le {_day(proposal.created_at)}, {by} a proposé votre profil pour ce poste."


def _answered(given: ProposalAnswer) -> str:
    said = "oui" if given.is_yes else "non"
    asked = "une rencontre" if given.question is Question.MEETING else "cette mission"
    why = "" if given.is_yes else f" Raison : {_lowered(given.reason.label)}."
    if given.reason is AnswerReason.OTHER and not given.is_yes:
        why = " Raison : une autre raison, écrite à votre dossier, que vous pouvez demander à lire."
    return f"Le {_day(given.created_at)}, {_lowered(given.side.label)} a dit {said} à {asked}.{why}"


def _moved(proposal: Proposal) -> str:
    status = _lowered(proposal.status.label)
    by = f" par {_lowered(proposal.declined_by.label)}" if proposal.declined_by else ""
    why = ""
    if proposal.decline_reason is AnswerReason.OTHER:
        why = " Raison : une autre raison, écrite à votre dossier, que vous pouvez demander à lire."
    elif proposal.decline_reason:
        why = f" Raison : {_lowered(proposal.decline_reason.label)}."
    return f"Le {_day(proposal.moved_at)}, cette proposition : {status}{by}.{why}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
