"""Ten invented CVs in varied layouts, each with what a person would read in it."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tests.factories.cv_texts import (
    DENSE,
    ENGLISH,
    EUROPASS,
    FIRST_JOB,
    JSON_RESUME,
    NFD,
    ODT,
    SIDEBAR,
    TABLES,
    TWO_COLUMNS,
)
from tests.factories.cvs import (
    docx_of,
    make_docx,
    odt_of,
    pdf_of,
    word_paragraph,
    word_table,
)

Told = tuple[str, str, str]


@dataclass(frozen=True)
class Sample:
    """A CV, and the truth about it: codes of skills, experiences, languages, what is left out."""

    make: Callable[[], bytes]
    skills: str
    experiences: tuple[Told, ...]
    languages: dict[str, str]
    left_out: str = ""


SAMPLES = {
    "two columns": Sample(
        lambda: pdf_of(TWO_COLUMNS),
        "python django postgresql-postgis vue-js typescript docker continuous-integration rgaa-accessibility"
        " automated-testing rest-api web-mapping",
        (
            ("Développeuse full-stack", "Ministère des Exemples", "depuis mars 2021"),
            ("Développeuse web", "Coopérative du Port", "septembre 2017 – février 2021"),
        ),
        {"Français": "langue maternelle", "Anglais": "C1", "Espagnol": "notions"},
        "contact address birth family",
    ),
    "NFD": Sample(
        lambda: docx_of(unicodedata.normalize("NFD", NFD)),
        "exploratory-research product-strategy vision-roadmap qualitative-research user-testing"
        " change-management co-design backlog-management prioritisation okr web-analytics agility"
        " digital-procurement",
        (
            ("Cheffe de produit", "Agence des Essais", "depuis janvier 2022"),
            (
                "Chargée de mission transformation numérique",
                "Région Imaginaire",
                "2018 – 2021",
            ),
        ),
        {"Anglais": "courant", "Allemand": "B1"},
        "birth nationality",
    ),
    "English, with a photo": Sample(
        lambda: pdf_of(ENGLISH),
        "natural-language-processing statistics data-pipelines dashboards time-series open-data documentation"
        " python r-shiny sql spark git docker deep-learning scientific-python",
        (
            ("Senior Data Scientist", "Placeholder Labs", "depuis janvier 2020"),
            ("Data Analyst", "Example Council", "juin 2016 – décembre 2019"),
        ),
        {"Anglais": "langue maternelle", "Français": "B2", "Allemand": "A2"},
        "birth family photo",
    ),
    "tables": Sample(
        lambda: make_docx(
            word_paragraph("Camille Moule")
            + word_paragraph("Ingénieure DevOps")
            + word_paragraph("Expériences")
            + word_table(TABLES[0])
            + word_paragraph("Compétences")
            + word_table(TABLES[1])
        ),
        "linux kubernetes docker infrastructure-as-code monitoring",
        (
            ("Ingénieure DevOps", "Caisse des Exemples", "2020 – 2023"),
            ("Administratrice systèmes", "Hôpital du Modèle", "2016 – 2020"),
        ),
        {"Anglais": "B2"},
    ),
    "ODT": Sample(
        lambda: odt_of(ODT),
        "service-design ux-design prototyping ui-design user-testing facilitation state-design-system"
        " rgaa-accessibility plain-language",
        (
            ("Designer de services", "Studio Fictif", "2019 – 2022"),
            ("UX designer", "Mairie d’Exempleville", "octobre 2015 – décembre 2018"),
        ),
        {"Français": "langue maternelle", "Néerlandais": "C1", "Italien": "A2"},
        "address nationality",
    ),
    "sidebar": Sample(
        lambda: make_docx(word_table(SIDEBAR)),
        "gis postgresql-postgis python open-data statistics dashboards",
        (
            ("Géomaticienne", "Institut des Cartes", "avril 2019 – mars 2024"),
            ("Chargée d’études SIG", "Département du Patron", "2015 – 2019"),
        ),
        {"Anglais": "B2", "Breton": "bilingue"},
        "contact",
    ),
    "dense": Sample(
        lambda: pdf_of(DENSE),
        "risk-analysis security-accreditation vulnerability-management incident-response security-awareness"
        " penetration-testing code-review gdpr linux cryptography access-management"
        " identity-federation python java",
        (
            (
                "Responsable de la sécurité des systèmes d’information",
                "Centre hospitalier du Patron",
                "depuis 2018",
            ),
            ("Consultant en cybersécurité", "Cabinet Gabarit", "2011 – 2018"),
        ),
        {"Anglais": "B2", "Portugais": "langue maternelle"},
        "birth contact",
    ),
    "first job": Sample(
        lambda: docx_of(FIRST_JOB),
        "java code-review git rust react graphql sql docker",
        (
            ("Stage de développeur Java", "Mairie du Canevas", "mars 2025 – août 2025"),
            ("Équipier polyvalent", "Restaurant de la Gare", "juin 2022 – août 2022"),
        ),
        {"Anglais": "B2", "Espagnol": "notions"},
    ),
    "JSON Resume": Sample(
        lambda: json.dumps(JSON_RESUME).encode(),
        "javascript react ui-design typescript state-design-system rgaa-accessibility",
        (
            ("Front-end developer", "Stencil Studio", "depuis avril 2021"),
            ("Integrator", "Mock Agency", "septembre 2018 – mars 2021"),
        ),
        {"Anglais": "langue maternelle", "Français": "C1"},
        "photo contact address",
    ),
    "Europass": Sample(
        EUROPASS.encode,
        "gdpr free-licences data-law public-procurement-law",
        (
            ("Juriste", "Ministère du Moule", "depuis février 2019"),
            ("Acheteuse publique", "Ville de Forma", "2014 – décembre 2018"),
        ),
        {"Italien": "langue maternelle", "Français": "C1"},
        "photo address contact birth nationality gender",
    ),
}
