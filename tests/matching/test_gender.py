"""Two people who differ by their gender alone are read, and ranked, alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Posting, Profile, Ranker, Referential
from matching._terms import terms
from matching._text import words

PAIRS = [
    pair.split("/")
    for pair in (
        "développeur/développeuse", "designer/designeuse", "manager/manageuse",
        "ingénieur/ingénieure", "chercheur/chercheuse", "chercheur/chercheure",
        "directeur/directrice", "rédacteur/rédactrice", "auteur/autrice", "auteur/auteure",
        "formateur/formatrice", "administrateur/administratrice", "acteur/actrice",
        "concepteur/conceptrice", "facilitateur/facilitatrice", "ambassadeur/ambassadrice",
        "conseiller/conseillère", "infirmier/infirmière", "financier/financière",
        "technicien/technicienne", "statisticien/statisticienne", "informaticien/informaticienne",
        "géomaticien/géomaticienne", "praticien/praticienne", "citoyen/citoyenne",
        "consultant/consultante", "étudiant/étudiante", "assistant/assistante",
        "doctorant/doctorante", "gérant/gérante", "agent/agente", "président/présidente",
        "adjoint/adjointe", "expert/experte", "avocat/avocate", "artisan/artisane",
        "diplômé/diplômée", "passionné/passionnée", "spécialisé/spécialisée", "motivé/motivée",
        "chargé/chargée", "associé/associée", "salarié/salariée", "arrivé/arrivée", "admis/admise",
        "investi/investie", "issu/issue", "convaincu/convaincue", "inscrit/inscrite",
        "professionnel/professionnelle", "opérationnel/opérationnelle", "contractuel/contractuelle",
        "créatif/créative", "sportif/sportive", "actif/active", "vif/vive", "neuf/neuve",
        "sérieux/sérieuse", "curieux/curieuse", "rigoureux/rigoureuse", "soucieux/soucieuse",
        "public/publique", "grec/grecque", "ancien/ancienne", "européen/européenne",
        "national/nationale", "commercial/commerciale", "médical/médicale", "nouveau/nouvelle",
        "premier/première", "étranger/étrangère", "boulanger/boulangère", "champion/championne",
        "patron/patronne", "paysan/paysanne", "cadet/cadette", "chef/cheffe", "maire/mairesse",
        "maître/maîtresse", "docteur/doctoresse", "complet/complète", "discret/discrète",
        "français/française", "parisien/parisienne", "franc/franche", "favori/favorite",
        "anglais/anglaise", "chinois/chinoise", "bourgeois/bourgeoise", "lillois/lilloise",
        "lyonnais/lyonnaise", "mauvais/mauvaise", "niais/niaise", "portugais/portugaise",
        "précis/précise", "concis/concise", "indécis/indécise", "compris/comprise",
        "appris/apprise", "repris/reprise", "surpris/surprise", "commis/commise", "promis/promise",
        "soumis/soumise", "permis/permise", "remis/remise", "mis/mise", "émis/émise",
        "acquis/acquise", "conquis/conquise", "requis/requise", "assis/assise", "gris/grise",
        "exquis/exquise", "marquis/marquise", "gros/grosse", "épais/épaisse", "bas/basse",
        "las/lasse", "gras/grasse", "exprès/expresse", "métis/métisse", "confus/confuse",
        "inclus/incluse", "intrus/intruse", "divers/diverse", "clos/close", "absous/absoute",
        "tiers/tierce", "frais/fraîche", "fier/fière", "amer/amère", "cher/chère", "léger/légère",
        "policier/policière", "passager/passagère", "écuyer/écuyère", "gentil/gentille",
        "pareil/pareille", "nul/nulle", "malin/maligne", "bénin/bénigne", "fin/fine",
        "féminin/féminine", "marin/marine", "serein/sereine", "humain/humaine", "urbain/urbaine",
        "américain/américaine", "écrivain/écrivaine", "commun/commune", "brun/brune",
        "opportun/opportune", "beau/belle", "jumeau/jumelle", "fou/folle", "mou/molle",
        "andalou/andalouse", "secret/secrète", "inquiet/inquiète", "préfet/préfète", "muet/muette",
        "net/nette", "sujet/sujette", "idiot/idiote", "sot/sotte", "pâlot/pâlotte",
        "rigolo/rigolote", "petit/petite", "maudit/maudite", "érudit/érudite", "décrit/décrite",
        "parfait/parfaite", "inscrit/inscrite", "ouvert/ouverte", "roux/rousse", "doux/douce",
        "faux/fausse", "jaloux/jalouse", "bref/brève", "sec/sèche", "laïc/laïque", "turc/turque",
        "blanc/blanche", "long/longue", "hacker/hackeuse", "hackeur/hackeuse", "maker/makeuse",
        "leader/leadeuse", "owner/owneuse", "blogueur/blogueuse", "youtubeur/youtubeuse",
        "reporter/reportrice", "coach/coache", "testeur/testeuse", "enquêteur/enquêteuse",
        "enquêteur/enquêtrice", "serveur/serveuse", "lecteur/lectrice", "tuteur/tutrice",
        "demandeur/demanderesse", "défendeur/défenderesse", "entrepreneur/entrepreneuse",
        "poète/poétesse", "prince/princesse", "traître/traîtresse", "hôte/hôtesse", "abbé/abbesse",
        "duc/duchesse", "compagnon/compagne", "copain/copine", "héros/héroïne",
        "impliqué/impliquée", "appliqué/appliquée", "compliqué/compliquée", "étoffé/étoffée",
        "suggéré/suggérée", "créé/créée", "scanné/scannée", "formé/formée", "entré/entrée",
        "élu/élue", "lu/lue", "reconnu/reconnue", "vu/vue", "sûr/sûre", "suivant/suivante",
        "dû/due", "mien/mienne", "second/seconde", "1er/1re", "1er/1ère", "2nd/2nde",
    )
]  # fmt: skip


def terms_of(text):
    return [word.term for word in words(text)]


@pytest.mark.parametrize(("he", "she"), PAIRS)
def test_a_feminine_is_its_masculine(he, she):
    assert terms_of(she) == terms_of(he)
    assert terms_of(she.upper()) == terms_of(he)
    assert terms_of(f"{she}s") == terms_of(he if he.endswith(("s", "x")) else f"{he}s")


@pytest.mark.parametrize(
    "form",
    [
        "développeuse", "développeur·se", "développeur·euse", "développeu·r·se", "développeur.se",
        "développeur-euse", "développeur(euse)", "développeur/euse", "développeur / développeuse",
        "développeur ou développeuse", "développeuse ou développeur", "développeur ou une développeuse",
        "DÉVELOPPEUR·SE", "développeur∙se",
    ],
)  # fmt: skip
def test_inclusive_writing_is_one_word(form):
    assert terms_of(f"un {form} web") == terms_of("un développeur web")


@pytest.mark.parametrize(
    ("form", "plain"),
    [
        ("diplômé·e·s", "diplômés"), ("diplômé(e)s", "diplômés"), ("diplômé-e-s", "diplômés"),
        ("diplômé.e.s", "diplômés"), ("acteur·rice·s", "acteurs"), ("technicien·ne", "technicien"),
        ("conseiller·ère", "conseiller"), ("conseiller/ère", "conseiller"),
        ("administrateur(trice)", "administrateur"), ("professionnel·le·s", "professionnels"),
        ("créatif·ve", "créatif"), ("heureu·x·se", "heureux"), ("chef·fe", "chef"),
        ("les agents et les agentes", "les agents"), ("un·e", "un"), ("tou·te·s", "tous"),
    ],
)  # fmt: skip
def test_inclusive_endings_change_nothing(form, plain):
    assert terms_of(form) == terms_of(plain)


@pytest.mark.parametrize(
    ("he", "she"),
    [
        ("nationaux", "nationales"), ("égaux", "égales"), ("idéaux", "idéales"),
        ("beaux", "belles"), ("nouveaux", "nouvelles"), ("jumeaux", "jumelles"),
        ("fous", "folles"), ("nus", "nues"), ("publics", "publiques"), ("précis", "précises"),
        ("roux", "rousses"), ("curieux", "curieuses"), ("Français", "Françaises"),
        ("nouvel", "nouvelle"), ("bel", "belle"), ("1ers", "1res"), ("himself", "herself"),
        ("tous", "toustes"), ("ceux", "celleux"), ("Dr", "Dre"),
    ],
)  # fmt: skip
def test_odd_plurals_and_forms_read_alike(he, she):
    assert terms_of(f"des {he} agents") == terms_of(f"des {she} agents")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bas", "base"), ("données", "dons"), ("données", "donner"), ("flot", "flotte"),
        ("express", "expresse"), ("frais", "fraise"), ("chapeau", "chapitre"), ("matrice", "mat"),
        ("service", "serveur"), ("appel", "appli"), ("Vue", "vue"),
        ("entrepreneuse", "entreprise"), ("intéressé", "intérieur"),
    ],
)  # fmt: skip
def test_words_that_are_no_twins_stay_apart(one, other):
    assert terms_of(one) != terms_of(other)


SMALL_WORDS = [
    ("ceux", "celles"), ("celui", "celle"), ("ceux", "ceux et celles"), ("lui", "elle"),
    ("eux", "elles"), ("il", "elle"), ("s'il", "si elle"), ("qu'il", "qu'elle"), ("il", "il/elle"),
    ("le", "la"), ("le", "le/la"), ("du", "de la"), ("au", "à la"), ("auquel", "à laquelle"),
    ("un", "une"), ("un", "un·e"), ("un", "un ou une"), ("tous", "toutes"), ("tous", "tou·te·s"),
    ("aucun", "aucune"), ("chacun", "chacune"), ("certains", "certaines"), ("M.", "Mme"),
    ("Monsieur", "Madame"), ("un homme", "une femme"), ("né en 1990", "née en 1990"),
    ("vu", "vue"), ("entré", "entrée"), ("le premier", "la première"), ("le 1er", "la 1re"),
]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(PAIRS), st.lists(st.sampled_from(SMALL_WORDS), max_size=6)),
        min_size=1,
        max_size=6,
    )
)
def test_small_words_part_two_words_alike(chunks):
    def values(side):
        words_between = (
            f"{pair[side]} {' '.join(small[side] for small in between)}" for pair, between in chunks
        )
        text = f"Python chez {' '.join(words_between)} Django"
        return [term.value for term in terms(text, Referential.default())]

    assert values(0) == values(1)


@pytest.mark.parametrize("times", range(1, 5))
@pytest.mark.parametrize("between", [", ", " ou ", ". ", " et/ou la ", "\n", " (", " | "])
def test_saying_one_word_in_both_genders_earns_no_more(between, times):
    he = between.join(["développeur"] * (times + 1))
    both = between.join(["développeuse", "développeur", "développeuses"] * times)
    assert terms_of(f"Python {he} Django") == terms_of(f"Python {both} Django")


def test_twins_that_only_gendered_words_tell_apart_have_one_score():
    he = "Un fier rédacteur, précis, petit, anglais courant chez ceux du ministre, M. le préfet"
    she = "Une fière rédactrice, précise, petite, anglaise courante chez celles de la ministre, Mme la préfète"
    pool = [Profile("he", text=he), Profile("she", text=she), Profile("x", text="Une cuisine")]
    posting = Posting(
        "p", text="Rédaction précise, petit ministère, anglais courant, préfet", title="Rédactrice"
    )
    first, second = Ranker().fit(pool).rank(posting).suggestions[:2]
    assert first.score == second.score > 0


@given(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=8))
def test_whole_sentences_read_alike(pairs):
    he = "Il est " + " et ".join(f"un {one} du service" for one, _ in pairs)
    she = "Elle est " + " et ".join(f"une {other} du service" for _, other in pairs)
    assert terms_of(he) == terms_of(she)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Homme de 25 ans, marié, père de deux enfants", "Femme de 61 ans, célibataire"),
        ("Monsieur", "Madame"),
        ("jeune diplômé", "senior diplômée"),
        ("catholique pratiquant", "musulmane pratiquante"),
        ("d'origine marocaine", "d'origine sénégalaise"),
        ("né en 1965", "née en 2001"),
        ("enceinte", "syndiquée CGT"),
    ],
)
def test_a_trait_earns_nothing_to_anyone(one, other):
    text = "{} {}, en Python pour un ministère"
    pool = [Profile("a", text=text.format("Développeur", one)),
            Profile("b", text=text.format("Développeuse", other))]  # fmt: skip
    posting = Posting("p", text=f"Développeur Python, {one}, {other}")
    first, second = Ranker().fit(pool).rank(posting).suggestions
    assert (first.key, second.key) == ("a", "b")
    assert first.score == second.score
    assert [r.amount for r in first.reasons] == [r.amount for r in second.reasons]


def test_twins_share_their_score_and_their_reasons():
    he = "Développeur passionné et diplômé, ancien consultant. Je suis expert en Python."
    she = "Développeuse passionnée et diplômée, ancienne consultante. Je suis experte en Python."
    pool = [Profile("he", text=he), Profile("she", text=she), Profile("x", text="Un juriste")]
    ranking = Ranker().fit(pool).rank(Posting("p", text="Un·e développeur·se passionné·e, Python"))
    first, second = ranking.suggestions[:2]
    assert first.score == second.score > 0
    assert [term.value for term in terms(he, Ranker().fit([]).referential_)] == [
        term.value for term in terms(she, Ranker().fit([]).referential_)
    ]
