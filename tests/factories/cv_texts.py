"""What ten invented CVs say, in the markup of their format."""

from tests.factories.cvs import typst_picture

TWO_COLUMNS = """
#set page(margin: 1.5cm, columns: 2)
= Maëlle Essai
Développeuse full-stack

maelle.essai\\@example.test · 06 00 00 00 00 \\
12 rue des Exemples, 35000 Rennes \\
31 ans, célibataire, permis B

== Compétences
- Python, Django, PostgreSQL
- Vue.js et TypeScript
- Docker, GitLab CI
- Accessibilité numérique (RGAA)

== Langues
Français : langue maternelle \\
Anglais : C1 \\
Espagnol : notions

== Centres d’intérêt
Photographie, escalade, cuisine au Go club

#colbreak()
== Expérience professionnelle
*Développeuse full-stack*, Ministère des Exemples \\
mars 2021 – aujourd’hui
- Refonte d’une démarche en ligne utilisée par 40 000 personnes, en Django et Vue.js.
- Mise en place des tests automatisés et de l’intégration continue.

*Développeuse web*, Coopérative du Port \\
sept. 2017 – févr. 2021
- API REST pour une régie de transports.
- Cartographie web avec Leaflet.

== Formation
Master informatique, Université de l’Ouest, 2017
"""

NFD = """Ondine Modèle
Cheffe de produit numérique
Née le 3 février 1988 à Brest
Nationalité française

PROFIL
Dix ans de pilotage de produits numériques publics, de la recherche exploratoire au déploiement.

EXPÉRIENCES PROFESSIONNELLES
Depuis janvier 2022 : Cheffe de produit, Agence des Essais
Stratégie produit et feuille de route d’un service utilisé dans douze départements.
Entretiens utilisateurs et tests d’utilisabilité chaque mois.
2018 – 2021 : Chargée de mission transformation numérique, Région Imaginaire
Conduite du changement auprès de trois cents agents ; ateliers de co-conception.
Rédaction d’un marché public et suivi budgétaire.

COMPÉTENCES
Gestion de backlog, priorisation, OKR, Matomo, méthodes agiles

LANGUES
Anglais courant, allemand B1
"""

ENGLISH = f"""
#set page(margin: 2cm)
#grid(columns: (1fr, 3cm), [
= Lowell Sample
Data Scientist
], [{typst_picture()}])
Date of birth: 14 May 1990 · Married, two children

== Summary
Data scientist with eight years of experience in natural language processing and statistics.

== Work experience
*Senior Data Scientist* at Placeholder Labs #h(1fr) Jan 2020 – Present
- Built a named entity recognition service with PyTorch and spaCy.
- Designed data pipelines in Airflow; dashboards for the leadership team.

*Data Analyst* at Example Council #h(1fr) 06/2016 – 12/2019
- Time series forecasting of housing demand with pandas.
- Published open data sets and wrote the documentation.

== Education
MSc Statistics, Sample University, 2014 – 2016

== Skills
Python, R, SQL, Spark, Git, Docker

== Languages
English (native), French (B2), German (A2)
"""

TABLES = [
    [
        [["2020 – 2023"], ["Ingénieure DevOps", "Caisse des Exemples"]],
        [["2016 – 2020"], ["Administratrice systèmes", "Hôpital du Modèle"]],
    ],
    [
        [["Systèmes"], ["Linux, Kubernetes, Docker, Terraform, Ansible"]],
        [["Supervision"], ["Prometheus, Grafana"]],
        [["Langues"], ["Anglais B2"]],
    ],
]

ODT = """Sacha Gabarit
Designer de services
Adresse : 4 avenue du Modèle, 13001 Marseille
Nationalité : belge

Expériences
Designer de services chez Studio Fictif (de 2019 à 2022)
• Parcours usagers, prototypage sur Figma, tests utilisateurs dans six préfectures.
• Animation d’ateliers, facilitation graphique.
UX designer, Mairie d’Exempleville (octobre 2015 – décembre 2018)
• Système de design de l’État et audits RGAA.
• Rédaction en langage clair des formulaires.

Formation
2013 – 2015 : Diplôme supérieur d’arts appliqués, École des Gabarits

Langues
Français (langue maternelle)
Néerlandais : C1
Italien : A2
"""

SIDEBAR = [
    [
        [
            "CONTACT",
            "tel. 07 00 00 00 00",
            "www.exemple.test",
            "COMPÉTENCES",
            "SIG",
            "PostGIS",
            "QGIS",
            "Python",
            "Open data",
            "LANGUES",
            "Anglais",
            "B2",
            "Breton",
            "Bilingue",
        ],
        [
            "Gwenn Maquette",
            "Géomaticienne",
            "EXPÉRIENCE",
            "Géomaticienne",
            "Institut des Cartes",
            "avril 2019 – mars 2024",
            "Bases de données spatiales des forêts, diffusées en open data.",
            "Chargée d’études SIG",
            "Département du Patron",
            "2015 – 2019",
            "Statistiques sur l’usage des sols et tableaux de bord.",
        ],
    ]
]

DENSE = """
#set page(margin: 1.2cm)
#set text(size: 8pt)
#set par(justify: true)
*Noé Patron* – Ingénieur sécurité – 45 ans – noe\\@example.test

*PARCOURS PROFESSIONNEL*

*Responsable de la sécurité des systèmes d’information – Centre hospitalier du Patron – depuis 2018* \\
Analyse de risques selon EBIOS RM, homologation de sécurité de quinze applications, gestion des vulnérabilités
et réponse à incident ; campagnes de sensibilisation de quatre mille agents. Base de 20 Go de journaux.

*Consultant en cybersécurité – Cabinet Gabarit – 2011-2018* \\
Tests d’intrusion et audits de code ; accompagnement à la mise en conformité RGPD.

*COMPÉTENCES*

Linux, cryptographie, gestion des accès, Keycloak, Python. Notions de Java.

*LANGUES*

Anglais : lu, écrit, parlé (B2) – Portugais (langue maternelle)

*LOISIRS*

Théâtre d’improvisation, formation de jeunes arbitres, photographie
"""

FIRST_JOB = """Éloi Canevas
Étudiant en informatique, je cherche un premier emploi de développeur

Formation
2023-2025 Master génie logiciel, Université du Canevas
2020-2023 Licence informatique, Université du Canevas

Expérience
Stage de développeur Java, Mairie du Canevas
mars à août 2025
Application Spring Boot de réservation de salles, revue de code, Git.
Équipier polyvalent, Restaurant de la Gare
juin 2022 – août 2022

Projets personnels
Jeu en Rust ; site en React et GraphQL.

Compétences techniques : Java, SQL, Rust, React, Docker
Langues : anglais (B2), espagnol (scolaire)
"""

JSON_RESUME = {
    "basics": {
        "name": "Billie Stencil",
        "label": "Front-end developer",
        "image": "https://example.test/photo.png",
        "email": "billie@example.test",
        "summary": "I build accessible interfaces.",
        "location": {"address": "1 Example Street", "city": "Lyon"},
    },
    "work": [
        {
            "name": "Stencil Studio",
            "position": "Front-end developer",
            "startDate": "2021-04-01",
            "summary": "React applications with TypeScript.",
            "highlights": ["Wrote the design system", "Led web accessibility audits"],
        },
        {
            "name": "Mock Agency",
            "position": "Integrator",
            "startDate": "2018-09",
            "endDate": "2021-03",
        },
    ],
    "skills": [
        {"name": "Web", "level": "Advanced", "keywords": ["JavaScript", "React", "CSS Grid"]},
        {"name": "Figma", "level": "Beginner"},
    ],
    "languages": [
        {"language": "English", "fluency": "Native speaker"},
        {"language": "French", "fluency": "C1"},
    ],
}

EUROPASS = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="fr"><LearnerInfo>
<Identification><PersonName><FirstName>Dana</FirstName><Surname>Forma</Surname></PersonName>
<ContactInfo><Address><Contact><AddressLine>3 rue du Moule</AddressLine></Contact></Address></ContactInfo>
<Demographics><Birthdate year="1985" month="--07" day="---02"/><Gender><Code>F</Code></Gender>
<NationalityList><Nationality><Code>IT</Code><Label>italienne</Label></Nationality></NationalityList>
</Demographics>
<Photo><MimeType>image/jpeg</MimeType><Data>AAAA</Data></Photo></Identification>
<Headline><Type><Code>preferred_job</Code><Label>Emploi recherché</Label></Type>
<Description><Label>Juriste du numérique</Label></Description></Headline>
<WorkExperienceList><WorkExperience><Period><From year="2019" month="--02"/><Current>true</Current></Period>
<Position><Label>Juriste</Label></Position>

<Activities>&lt;p&gt;Conformité RGPD, &lt;b&gt;licences libres&lt;/b&gt; et droit de la
donnée.&lt;/p&gt;</Activities>
<Employer><Name>Ministère du Moule</Name></Employer></WorkExperience>
<WorkExperience><Period><From year="2014"/><To year="2018" month="--12"/><Current>false</Current></Period>
<Position><Label>Acheteuse publique</Label></Position><Activities>Commande publique de logiciels.</Activities>
<Employer><Name>Ville de Forma</Name></Employer></WorkExperience></WorkExperienceList>
<Skills><Linguistic><MotherTongueList><MotherTongue>
<Description><Code>it</Code><Label>italien</Label></Description>
</MotherTongue></MotherTongueList>
<ForeignLanguageList><ForeignLanguage>
<Description><Code>fr</Code><Label>français</Label>
</Description><ProficiencyLevel><Listening>C2</Listening><Reading>C2</Reading><Writing>C1</Writing>
</ProficiencyLevel>
</ForeignLanguage></ForeignLanguageList></Linguistic></Skills></LearnerInfo></SkillsPassport>"""
