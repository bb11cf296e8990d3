"""The mission letter: between the agency and one person, about one seat."""

from dataclasses import dataclass
from datetime import date

from talentpool.placements.letters.printing import Section, in_words, print_pdf


@dataclass(frozen=True)
class MissionLetter:
    """What a mission letter says; `share` is written as people read it, such as « 80 % »."""

    reference: str
    agency: str
    person: str
    host: str
    need: str
    seat: str
    work: str
    starts_on: date
    ends_on: date
    share: str
    place: str
    remote: str
    probation_check_on: date | None
    decision_from: date
    dated_on: date
    signed_on: date | None = None


def mission_letter_pdf(letter: MissionLetter) -> bytes:
    """Return the letter as a tagged PDF."""
    return print_pdf(
        "mission_letter.typ",
        dated_on=letter.dated_on,
        signed_on=letter.signed_on,
        title="Lettre de mission",
        reference=f"Lettre {letter.reference}",
        agency=letter.agency,
        facts=[
            ("Personne", letter.person),
            ("Administration d’accueil", letter.host),
            ("Mission", letter.need),
            ("Poste", letter.seat),
            ("Période", f"du {in_words(letter.starts_on)} au {in_words(letter.ends_on)}"),
            ("Part de temps plein", letter.share),
            ("Lieu de travail", letter.place or "à préciser"),
            ("Télétravail", letter.remote or "à préciser"),
        ],
        sections=[_work(letter), *_frame(letter)],
        signatures=[
            ("Pour l’agence", "Nom, qualité, date et signature"),
            (letter.person, "Date et signature"),
        ],
    )


def _work(letter: MissionLetter) -> Section:
    told = tuple(part for part in letter.work.split("\n") if part.strip())
    return Section("Ce qui est à faire", told or ("À préciser avec l’administration.",))


def _frame(letter: MissionLetter) -> list[Section]:
    probation: tuple[str, ...] = ()
    if letter.probation_check_on:
        probation = (
            "La mission commence par une période d’essai de deux mois. Le point se fait le "
            f"{in_words(letter.probation_check_on)} ; chacun peut s’arrêter, dix jours au moins "
            "avant la fin de cette période.",
        )
    return [
        Section(
            "Qui décide de quoi",
            (
                "L’agence est l’employeur : elle paie, accorde les congés et les formations, et tient "
                "le dossier. L’administration d’accueil dirige le travail au quotidien.",
            ),
        ),
        Section(
            "Ce qui vous est dû dès le premier jour",
            points=(
                "un poste de travail, un accès Internet ouvert et les logiciels nécessaires ;",
                "l’accès aux données et aux personnes dont la mission dépend ;",
                "un bureau, un badge, et une personne de référence sur place ;",
                "du temps pour les rencontres entre missions.",
            ),
        ),
        Section(
            "Le déroulement",
            (
                *probation,
                f"La suite se décide à partir du {in_words(letter.decision_from)}, et vous est "
                "annoncée deux mois au moins avant la fin.",
                "Ce qui est produit est documenté et transmis avant le départ, à une personne nommée.",
            ),
        ),
    ]
