"""Twins of a text: what they write, and that nothing of a ranking depends on which twin is read."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import AskedSkill, HeldSkill, Posting, Profile, Ranker
from matching._text import words
from matching.measures.gendered import IN_EUX, PERSON_PAIRS, PERSONS, QUALITIES, QUALITY_PAIRS
from matching.measures.twins import Writing, pair_of, twin


class TestTwin:
    @pytest.mark.parametrize(
        ("he", "she"),
        [
            ("Il est développeur.", "Elle est développeuse."),
            ("un ancien consultant passionné", "une ancienne consultante passionnée"),
            ("le directeur du service", "la directrice du service"),
            ("la mission du rédacteur", "la mission de la rédactrice"),
            ("un appel au chercheur", "un appel à la chercheuse"),
            ("M. Untel et MM. Tels", "Mme Untel et Mmes Tels"),
            ("ceux qu'ils forment", "celles qu'elles forment"),
            ("s'il est diplômé", "si elle est diplômée"),
            ("les acteurs nationaux", "les actrices nationales"),
            ("cet expert", "cette experte"),
            ("mon adjoint", "mon adjointe"),
            ("DÉVELOPPEUR WEB", "DÉVELOPPEUSE WEB"),
            ("Agriculteurs et éleveurs", "Agricultrices et éleveuses"),
        ],
    )
    def test_genders_are_swapped_both_ways(self, he, she):
        assert (twin(he), twin(she)) == (she, he)
        assert twin(he, Writing.FEMININE) == twin(she, Writing.FEMININE) == she
        assert twin(he, Writing.MASCULINE) == twin(she, Writing.MASCULINE) == he

    @pytest.mark.parametrize(
        ("writing", "written"),
        [
            (Writing.DOT, "un·e développeur·euse diplômé·e, des acteur·rice·s"),
            (Writing.POINT, "un.e développeur.euse diplômé.e, des acteur.rice.s"),
            (Writing.HYPHEN, "un-e développeur-euse diplômé-e, des acteur-rice-s"),
            (Writing.BRACKETS, "un(e) développeur(euse) diplômé(e), des acteur(rice)s"),
            (Writing.SLASH, "un/e développeur/euse diplômé/e, des acteur/rices"),
            (
                Writing.BOTH,
                "un·e développeur ou développeuse diplômé·e, des acteurs et actrices",
            ),
        ],
    )
    def test_inclusive_writings(self, writing, written):
        plain = "un développeur diplômé, des acteurs"
        assert twin(plain, writing) == written
        if writing is not Writing.BOTH:
            assert twin(written, Writing.MASCULINE) == plain
            assert twin(written, Writing.FEMININE) == "une développeuse diplômée, des actrices"

    def test_what_has_no_gender_stays(self):
        plain = (
            "Le secteur de la santé, la matière et l’année : https://acteur.test/passionné, "
            "redacteur@exemple.test. Il faut, il y a, Node.js, la qualité des données, une idée."
        )
        assert twin(plain) == plain

    def test_it_is_in_the_normal_form_asked_for(self):
        assert twin("diplômé", decomposed=True) == unicodedata.normalize("NFD", "diplômée")
        assert twin(unicodedata.normalize("NFD", "diplômé")) == "diplômée"

    def test_every_listed_word_is_found_from_its_feminine(self):
        for word in (*PERSONS, *QUALITIES, *IN_EUX):
            pair = pair_of(word)
            assert pair.masculine == word
            assert pair_of(pair.feminine) == pair._replace(is_feminine=True)


EVERY_WORD = [
    *PERSONS, *QUALITIES, *IN_EUX,
    *(word for pair in (*PERSON_PAIRS, *QUALITY_PAIRS) for word in pair.split("/")),
    "développeuse", "rédactrice", "statisticienne", "passionnée", "créatives", "professionnelles",
    "régionaux", "communales", "citoyens",
]  # fmt: skip


@pytest.mark.parametrize("writing", Writing)
def test_the_analysis_reads_every_word_as_its_twins(writing):
    def read(text):
        return [word.term for word in words(text)]

    for word in EVERY_WORD:
        for written in (word, word.capitalize(), word.upper()):
            plain = f"Python {written} Django"
            for decomposed in (False, True):
                other = twin(plain, writing, decomposed=decomposed)
                assert read(other) == read(plain), other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("designeu/se", "designer"), ("développeu/se", "développeur"), ("acteu·rice", "acteur"),
        ("développeu(r/se)", "développeur"), ("développeu.r.se", "développeur"),
        ("technicie.n.ne.s", "techniciens"), ("créati-f-ve", "créatif"), ("heureu/se", "heureux"),
        ("développeur/-euse", "développeur"), ("développeur(-se)", "développeur"),
        ("compétent·e(s)", "compétent"), ("expert(e)(s)", "experts"), ("agent.e(s)", "agents"),
        ("complet(ète)", "complet"), ("concret.ète.s", "concrets"), ("long-ue", "long"),
        ("ÉTUDIANT.E.S", "étudiants"), ("DÉVELOPPEUR-SE", "développeur"), ("auxquel·le·s", "auxquels"),
        ("chargé (e)", "chargé"), ("développeur / euse", "développeur"), ("chercheur*euse", "chercheur"),
        ("chercheur_euse", "chercheur"), ("acteur:rice:s", "acteurs"), ("saleswoman", "salesman"),
        ("Mrs", "Mr"), ("Mesdames", "Messieurs"), ("sœur", "frère"), ("tante", "oncle"), ("marraine", "parrain"),
    ],
)  # fmt: skip
def test_writings_that_no_rule_of_twins_makes(one, other):
    for normal_form in ("NFC", "NFD"):
        text = unicodedata.normalize(normal_form, f"Python {one} Django")
        plain = words(f"Python {other} Django")
        assert [(w.term, w.opens) for w in words(text)] == [(w.term, w.opens) for w in plain]


@pytest.mark.parametrize(
    "text", ["PRO-ECO", "beta.gouv.fr", "e-learning", "IN.SE", "UX-S", "Node.js"]
)
def test_capitals_and_points_part_words_as_before(text):
    assert len(words(text)) == {"PRO-ECO": 2, "beta.gouv.fr": 3, "IN.SE": 0}.get(text, 1)


NEUTRAL = [
    "Python", "cartographie", "cybersécurité", "recherche utilisateur", "service public", "agile",
    "tests", "ministère", "santé", "C++", "React", "gestion de projet", "accessibilité",
]  # fmt: skip
SMALL = ["le", "la", "un", "une", "du", "de la", "au", "et", "ou", ",", ".", "il est", "elle est",
         "celles", "ceux", "M.", "Mme", "(", ")", "mon", "ce", "cette", "pour"]  # fmt: skip
texts = st.lists(
    st.one_of(*map(st.sampled_from, (EVERY_WORD, EVERY_WORD, NEUTRAL, SMALL))), max_size=14
).map(" ".join)
writings = st.tuples(st.sampled_from(Writing), st.booleans())


def rewritten(one, writing, decomposed):
    """Give a profile or a posting with every text of it written otherwise."""

    def write(text):
        return twin(text, writing, decomposed=decomposed)

    changed = {
        name: write(getattr(one, name))
        for name in ("headline", "title", "summary", "text")
        if hasattr(one, name)
    }
    for name in ("experience", "themes"):
        if hasattr(one, name):
            changed[name] = tuple(map(write, getattr(one, name)))
    skills = tuple(replace(skill, label=write(skill.label)) for skill in one.skills)
    return replace(one, **changed, skills=skills)


profiles = st.builds(
    Profile,
    key=st.uuids().map(str),
    headline=texts,
    text=texts,
    experience=st.lists(texts, max_size=2).map(tuple),
    skills=st.lists(st.builds(HeldSkill, st.sampled_from(NEUTRAL)), max_size=2).map(tuple),
)
postings = st.builds(
    Posting,
    key=st.just("p"),
    title=texts,
    summary=texts,
    text=texts,
    themes=st.lists(texts, max_size=2).map(tuple),
    skills=st.lists(st.builds(AskedSkill, st.sampled_from(NEUTRAL)), max_size=2).map(tuple),
)


@given(
    st.lists(profiles, min_size=1, max_size=5, unique_by=lambda one: one.key),
    postings,
    writings,
    st.lists(writings, min_size=5, max_size=5),
)
def test_a_ranking_does_not_depend_on_the_gender_of_words(pool, posting, of_posting, of_profiles):
    plain = Ranker().fit(pool).order(posting)
    others = [rewritten(one, *writing) for one, writing in zip(pool, of_profiles, strict=False)]
    assert Ranker().fit(others).order(posting) == plain
    assert Ranker().fit(pool).order(rewritten(posting, *of_posting)) == plain


LOOKALIKE_PROFILES = [
    Profile(
        "a", headline="Développeuse full-stack chez un éditeur associatif",
        text="Ancienne consultante, je suis passionnée par les communs numériques. Certifiée en sécurité, "
        "j’ai été chargée des relations avec les agents territoriaux et les élues locales.",
        experience=("Développeuse principale d’un téléservice destiné aux usagers handicapés",),
    ),
    Profile(
        "b", headline="Ingénieur de la donnée", skills=(HeldSkill("Python"), HeldSkill("SQL")),
        text="Diplômé d’une école publique, il est curieux, rigoureux et attentif aux autres. Issu de la "
        "recherche, il a encadré trois doctorants et un ingénieur débutant (M. Untel).",
    ),
    Profile(
        "c", headline="Chargé·e de déploiement", text="Motivé·e, investi·e, je forme des conseiller·ère·s "
        "numériques et des médiateur(rice)s dans des collectivités partenaires. Ancien.ne instituteur.rice.",
    ),
    Profile(
        "d", headline="Designer / Designeuse de service", text="Créatif et soucieux du détail, je conçois "
        "avec les personnes concernées : allocataires, aidants, travailleurs sociaux, infirmières.",
    ),
    Profile("e", headline="Juriste", text="Spécialisée en marchés publics. Mme la préfète m’a nommée référente."),
]  # fmt: skip
LOOKALIKE_POSTINGS = [
    Posting(
        "one", title="Développeur ou développeuse web", summary="Un service pour les aidants et les aidées",
        text="Vous êtes expérimenté·e, passionné(e) par l’intérêt général et prêt-e à travailler avec des "
        "acteurs locaux. Le candidat retenu sera l’adjoint de la directrice technique.",
        themes=("Solidarités nationales",), skills=(AskedSkill("Python"),),
    ),
    Posting(
        "two", title="Un.e chargé.e de déploiement pour les conseillères numériques",
        text="Elle accompagnera les médiatrices et médiateurs, les élus municipaux et les travailleuses "
        "sociales. Une personne rigoureuse, créative, curieuse. Le ou la recruteur/se est intéressé(e).",
    ),
    Posting(
        "three", title="Designeu/se", summary="Concevoir avec ceux et celles qui sont concernés",
        text="Une designeuse ou un designer soucieux·se d’accessibilité, issu·e ou non du secteur public.",
    ),
]  # fmt: skip


@pytest.mark.parametrize("decomposed", [False, True])
@pytest.mark.parametrize("writing", Writing)
def test_texts_that_look_real_rank_alike(writing, decomposed):
    ranker = Ranker().fit(LOOKALIKE_PROFILES)
    others = [rewritten(one, writing, decomposed) for one in LOOKALIKE_PROFILES]
    assert sum(one != other for one, other in zip(LOOKALIKE_PROFILES, others, strict=True)) >= 4
    for posting in LOOKALIKE_POSTINGS:
        plain = ranker.order(posting)
        assert plain[0][1] > 0
        assert Ranker().fit(others).order(posting) == plain
        assert ranker.order(rewritten(posting, writing, decomposed)) == plain
