"""The agreement: between the agency and a host, about one need and everybody placed on it."""

from dataclasses import dataclass
from datetime import date

from talentpool.placements.letters.printing import Section, print_pdf


@dataclass(frozen=True)
class AgreementLine:
    """One placement that the agreement covers."""

    seat: str
    person: str
    share: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Agreement:
    """What an agreement says."""

    reference: str
    agency: str
    host: str
    need: str
    summary: str
    lines: tuple[AgreementLine, ...]
    dated_on: date
    signed_on: date | None = None


COMMITMENTS = Section(
    "L’administration s’engage à",
    points=(
        "fournir, dès le premier jour, l’équipement, les licences et un accès Internet non filtré ;",
        "ouvrir, dès le premier jour, les données et les terrains dont la mission dépend ;",
        "donner un bureau, un badge et l’accès aux services du personnel ;",
        "nommer un sponsor, une personne qui porte le projet, et un contact aux ressources humaines ;",
        "permettre deux jours de télétravail par semaine et les rencontres entre missions ;",
        "publier le code et les données quand la loi le permet, et rendre le service accessible ;",
        "préparer la suite : qui maintient le service, avec quels moyens, après la mission.",
    ),
)
MONEY = Section(
    "Les moyens",
    (
        "L’agence prend en charge les salaires des personnes. L’administration prend en charge les "
        "déplacements, l’hébergement du service et les achats que la mission demande.",
    ),
)
END = Section(
    "Fin et arrêt",
    (
        "Chaque partie peut arrêter une mission par écrit, avec un préavis de deux mois, ou de dix jours "
        "pendant la période d’essai. La suite se décide à partir de quatre-vingt-dix jours avant la fin.",
    ),
)


def agreement_pdf(agreement: Agreement) -> bytes:
    """Return the agreement as a tagged PDF."""
    return print_pdf(
        "agreement.typ",
        dated_on=agreement.dated_on,
        signed_on=agreement.signed_on,
        title="Convention de partenariat",
        reference=f"Convention {agreement.reference}",
        agency=agreement.agency,
        facts=[("Entre", agreement.agency), ("Et", agreement.host), ("Mission", agreement.need)],
        table_title="Les personnes et leurs postes",
        table_head=["Poste", "Personne", "Part", "Période"],
        table_rows=[
            [
                line.seat,
                line.person,
                line.share,
                f"{line.starts_on:%d/%m/%Y} – {line.ends_on:%d/%m/%Y}",
            ]
            for line in agreement.lines
        ],
        sections=[
            Section("L’objet", tuple(p for p in agreement.summary.split("\n") if p.strip())),
            COMMITMENTS,
            MONEY,
            END,
        ],
        signatures=[
            ("Pour l’agence", "Nom, qualité, date et signature"),
            ("Pour l’administration", "Nom, qualité, date et signature"),
        ],
    )
