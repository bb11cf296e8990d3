"""The mission letter: between the agency and one person, about one seat."""

from dataclasses import dataclass
from datetime import date

from talentpool.placements.letters.printing import Section, in_words, print_pdf

AGENCY_EMPLOYS = (
    "L’agence est l’employeur : elle paie, accorde les congés et les formations, exerce la discipline "
    "et tient le dossier."
)
HOME_BODY_EMPLOYS = (
    "Votre administration d’origine, qui vous met à disposition, reste l’employeur : contrat, paie et "
    "discipline relèvent d’elle. L’agence accorde les congés et les formations pendant la mission."
)


@dataclass(frozen=True)
class MissionLetter:
    """What a mission letter says; `share` is written as people read it, such as « 80 % ».

    A short intervention has neither a `probation_check_on` nor a `decision_from`, and who renews their
    own mission no probation. `agreement` is the reference of what the letter stands on.
    """

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
    decision_from: date | None
    dated_on: date
    agreement: str
    employed_by_agency: bool
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
            ("Convention", letter.agreement),
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
            f"{in_words(letter.probation_check_on)}, au quarante-cinquième jour ; chacun peut s’arrêter, "
            "par écrit, dix jours au moins avant la fin de cette période.",
        )
    sequel = "La mission s’achève à la date prévue ; la prolonger demande une nouvelle lettre."
    if letter.decision_from:
        sequel = (
            "La suite se décide à partir de quatre-vingt-dix jours avant la fin, soit le "
            f"{in_words(letter.decision_from)}, et vous est annoncée deux mois au moins avant la fin."
        )
    return [
        Section(
            "Qui décide de quoi",
            (
                AGENCY_EMPLOYS if letter.employed_by_agency else HOME_BODY_EMPLOYS,
                "L’administration d’accueil dirige le travail au quotidien et paie les déplacements "
                "que la mission demande.",
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
            "Ce à quoi vous vous engagez",
            points=(
                "n’employer les données que pour la mission, et en garder la confidentialité après elle ;",
                "suivre les règles de sécurité de l’administration, et rendre son matériel à la fin.",
            ),
        ),
        Section(
            "Le déroulement",
            (
                *probation,
                sequel,
                "Ce qui est produit est documenté et transmis avant le départ, à une personne nommée.",
                f"La mission ne commence qu’une fois signées cette lettre et la convention "
                f"{letter.agreement}.",
            ),
        ),
    ]
