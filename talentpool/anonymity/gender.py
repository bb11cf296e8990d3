"""Words whose form tells a person's gender, written with both forms; what is not of the author may be too.

« développeuse » becomes « développeur ou développeuse », « passionnée » « passionné(e) », and so do the
masculines: a form left alone would tell as much. Job titles are neutralised anywhere; adjectives and
participles where they are the author's: after « je suis » and the like, or alone at a sentence's head.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.lists import words_of
from talentpool.anonymity.writing import Reading

_WORD = re.compile(r"[^\W\d_]+")

# Job titles whose feminine is another word, by their pair of endings.
_TITLES = {
    ("eur", "euse"): """
    acheteur bidouilleur blogueur bricoleur chercheur codeur coiffeur danseur développeur entraîneur
    entrepreneur hackeur joueur mainteneur manageur designeur monteur programmeur recruteur testeur
    travailleur vendeur webmasteur footballeur basketteur chroniqueur
""",
    ("teur", "trice"): """
    accompagnateur administrateur agriculteur animateur auditeur cofondateur collaborateur concepteur
    conservateur contributeur coordinateur coordonnateur créateur directeur dessinateur éducateur
    évaluateur expérimentateur facilitateur fondateur formateur illustrateur inspecteur instituteur
    intégrateur médiateur modérateur négociateur orateur présentateur réalisateur rédacteur traducteur
    tuteur vérificateur vulgarisateur
""",
    ("ien", "ienne"): """
    automaticien chirurgien collégien comédien diététicien doyen électricien esthéticien géomaticien
    historien informaticien logisticien mathématicien mécanicien musicien opticien pharmacien physicien
    polytechnicien praticien statisticien technicien théoricien
""",
    ("er", "ère"): """
    banquier boutiquier cavalier conférencier conseiller cuisinier greffier hôtelier infirmier jardinier
    officier ouvrier policier romancier saisonnier menuisier pâtissier charpentier boulanger berger
""",
}
_PAIRS: dict[str, str] = {
    masculine: masculine.removesuffix(end) + feminine
    for (end, feminine), words in _TITLES.items()
    for masculine in words.split()
} | {
    "champion": "championne",
    "chef": "cheffe",
    "colonel": "colonelle",
    "contractuel": "contractuelle",
    "doyen": "doyenne",
    "lycéen": "lycéenne",
    "parrain": "marraine",
    "patron": "patronne",
    "paysan": "paysanne",
}
#: Titles, and participles said of people only, whose feminine adds an « e ».
_WITH_E = """
    adjoint apprenti attaché auteur avocat chargé commerçant consultant délégué diplômé dirigeant
    doctorant enseignant expert gérant indépendant ingénieur intervenant magistrat passionné président
    professeur retraité salarié soignant surveillant étudiant remplaçant détaché docteur lieutenant
    intermittent artisan
"""
#: What people say of themselves at the head of a sentence, or after a comma.
_OF_ONESELF = """
    adjoint expert principal méfiant prudent allé né
    accompagné admis adossé amoureux ancien appliqué arrivé attentif attiré bavard bienveillant certifié
    confirmé consciencieux content convaincu créatif curieux débutant détaché devenu diplômé discret
    doué élu embauché employé engagé enthousiasmé entré exigeant expérimenté fier formé franc habitué
    habilité heureux impatient impliqué indépendant inscrit installé intéressé investi issu licencié
    méticuleux minutieux motivé muet muté nommé né organisé ouvert parti passionné passé patient
    persuadé ponctuel précis prêt promu qualifié ravi reconnu reconverti recruté refusé rigoureux rompu
    salarié serein seul sérieux soigneux sorti soucieux spécialisé sportif titularisé tombé têtu venu
"""
_ENDS = [
    # Feminine and masculine endings, longest first; what an « e » alone tells apart comes last.
    ("euse", "eux"),
    ("trice", "teur"),
    ("ive", "if"),
    ("ière", "ier"),
    ("ienne", "ien"),
    ("onne", "on"),
    ("elle", "el"),
    ("rète", "ret"),
    ("lète", "let"),
    ("uiète", "uiet"),
    ("ette", "et"),
    ("anche", "anc"),
    ("enne", "en"),
]
_SAME_BUT_E = re.compile(
    r"[\w]*(?:é|[tlnrsdvb]i|[tnclsdb]u|ais|ois|is|it|ant|ent|ert|ort|ôt|rêt|ain|al"
    r"|eul|and|ard|rond|erdu|oux|urd|our|eur)(?P<e>e?)"
)
_NEVER = words_of("""
    ainsi aussi ici parmi demi hui lui qui souvent comment maintenant pendant avant devant cependant
    autant tant tout toute fait jamais mais mois fois trois puis depuis plus sous sans dans très trop
    peu ailleurs jour pour sur leur cour tour client agent talent présent absent dont vont sont ont bien
    rien loin moins soit doit voit quant quand grand-chose heure encore vite suite limite visite site
    merci samedi lundi mardi jeudi midi vendredi gratuit et est cet cette objet projet sujet effet
    budget internet net point main demain train moyen lien entretien soutien musée lycée idée année
    journée entrée donnée durée santé qualité capacité société activité réalité sécurité accessibilité
    marché côté été métier dernier premier papier dossier chantier quartier particulier français anglais
    celle elle quelle telle belle laquelle nouvelle personnelle mission passion question formation
    information version région fonction
""")
_BODIES = words_of("ministère ministre direction agence service secrétariat équipe délégation")
#: Before « étudiant » and « indépendant », which things are too.
_BEFORE_PEOPLE = frozenset({"", "un", "une", "suis", "puis", "devenu", "devenue"})
_ADVERBS = words_of("""
    très plutôt aussi toujours surtout d abord encore donc assez bien déjà vite ensuite longtemps
    aujourd hui maintenant souvent tout toute si trop un peu pas plus jamais et ou ni mais désormais
    également enfin alors moi même là
""")
_CUE = re.compile(
    r"(?<![\w-])(?:je (?:ne |n')?(?:me |m'y |m'en |m'|y |l')?(?:suis|étais|serai"
    r"|serais|fus|reste|deviens|sens)|j'étais|j'ai (?:toujours |aussi |d'abord "
    r"|longtemps )?été"
    r"|j'y (?:suis|étais)|suis|étant|ayant été|me sens|redevenir|devenir|devenue?|être|comme|en tant qu[e']"
    r"|m'(?:a|ont|avait|avaient)(?= (?:refus|recrut|embauch|form|nomm|promu|repér"
    r"|convaincu|choisi|débauch|appel|accueilli|rendu|aid"
    r"|attir|amen|conduit|pouss|reconnu|marqu|pris|soutenu|encourag|accompagn|mut))"
    r"|(?:me|m') ?disent|(?:me|m') ?dit)(?: (?:une?|le|la))?(?![\w-])",
    re.IGNORECASE,
)
#: Cues after which an adjective may be anything's: « comme une forêt », « être lue ».
_LOOSE = re.compile(r"(?:comme|en tant qu.|devenir|être)(?: |$)| (?:une?|le|la)$", re.IGNORECASE)
_HEAD = re.compile(r"(?:[.!?:;\n(•–—«\"/-])\s{0,3}(?:[*-] ?)?$")
_ALREADY = re.compile(r"\((?:n?e|euse|trice|ne|fe|ère|le)\)|[·./-](?:e|euse|trice|ne|ère)\b")
_WOMAN = re.compile(
    r"(?<![\w-])(?:(?:je suis|en tant que|seule?|comme) (?:une? )?(?P<it>femme"
    r"|homme)|(?:as|am) an? (?P<en>woman|man)"
    r"|(?P<pronouns>(?:she|he|elle|il) ?/ ?(?:her|him|elle|lui|they|them)))(?![\w-])",
    re.IGNORECASE,
)
_THIRD = re.compile(
    r"(?:^|(?<=[.!?\n] ))(?P<it>Elle|Il|She|He)(?= (?:a |est |aime|sait|dit|parle"
    r"|travaill|développ|code |conçoit|cherche|souhaite|vit |habite|dirige"
    r"|enseigne|maîtrise|anime|has |is |was |likes|works|worked|lives|led |leads"
    r"|builds|built|studied|joined|speaks|wants))",
)
_FIRST_PERSON = re.compile(r"(?<![\w])(?:je|j'|j’|mon|ma|mes|I|my|I'm)(?![\w])", re.IGNORECASE)


def _both(word: str, *, is_of_author: bool) -> str:
    """Return a word in both genders, or nothing when its form tells none."""
    lower = word.lower()
    written = _TITLE_FORMS.get(lower) or (_said_of_author(lower) if is_of_author else "")
    if not written:
        return ""
    if word.isupper() and len(word) > 1:
        return written.upper()
    return written[0].upper() + written[1:] if word[0].isupper() else written


@lru_cache(maxsize=8_192)
def _said_of_author(lower: str) -> str:
    if lower in {"né", "née"}:
        return "né(e)"
    if lower in _NEVER or len(lower) < 3:
        return ""
    for feminine, masculine in _ENDS:
        if lower.endswith(feminine) and len(lower) > len(feminine) + 1:
            root = lower.removesuffix(feminine)
            return f"{root}{masculine} ou {lower}"
        if (
            lower.endswith(masculine)
            and len(lower) > len(masculine) + 1
            and masculine not in {"on", "en", "teur"}
        ):
            root = lower.removesuffix(masculine)
            return f"{lower} ou {root}{feminine}"
    same = _SAME_BUT_E.fullmatch(lower)
    if same is None or lower.endswith("ment"):
        return ""
    return lower.removesuffix("e") + "(e)" if same["e"] else lower + "(e)"


def _title_forms() -> dict[str, str]:
    forms = {}
    for masculine, feminine in _PAIRS.items():
        forms[masculine] = forms[feminine] = f"{masculine} ou {feminine}"
    for masculine in _WITH_E.split():
        forms[masculine] = forms[masculine + "e"] = masculine + "(e)"
    return forms


_TITLE_FORMS = _title_forms()
#: The other gender of each title, to see a pair that somebody wrote already.
_OTHER = _PAIRS | {feminine: masculine for masculine, feminine in _PAIRS.items()}
_SELF_FORMS = frozenset(
    form
    for masculine in _OF_ONESELF.split()
    for form in (masculine, *re.split(r" ou ", _said_of_author(masculine)), masculine + "e")
    if form and not form.endswith(")")
)


def find(reading: Reading) -> Iterator[Found]:
    """Find words that tell the author's gender, and write both forms in their place."""
    text = reading.composed.replace("’", "'")
    words = list(_WORD.finditer(text))
    starts = {word.start(): place for place, word in enumerate(words)}
    own = _own(text, words, starts)
    for place, word in enumerate(words):
        written = _both(word[0], is_of_author=place in own)
        before = words[place - 1] if place else None
        if not written or _is_paired(text, words, place) or _is_of_a_thing(before, word):
            continue
        start = word.start()
        if before and before[0].lower() in {"un", "une"} and text[before.end() : start] == " ":
            start, written = before.start(), _cased("un(e) ", before[0]) + written
        yield Found(start, word.end(), Kind.GENDER, written)
    yield from _articles(text)
    for match in _WOMAN.finditer(text):
        group = match.lastgroup or 0
        yield Found(*match.span(group), Kind.GENDER)
    if not _FIRST_PERSON.search(text):
        for match in _THIRD.finditer(text):
            is_french = match["it"] in {"Elle", "Il"}
            yield Found(*match.span("it"), Kind.GENDER, "Il ou elle" if is_french else "He or she")


def _articles(text: str) -> Iterator[Found]:
    """Find the article before a title that is the same for all: « je suis une ergonome »."""
    for match in re.finditer(
        r"(?<![\w-])(?:je suis|j'étais|en tant qu') (?P<it>une?)(?= \w)", text, re.IGNORECASE
    ):
        yield Found(*match.span("it"), Kind.GENDER, "un(e)")


def _cased(written: str, like: str) -> str:
    return written[0].upper() + written[1:] if like[0].isupper() else written


def _own(text: str, words: list[re.Match[str]], starts: dict[int, int]) -> set[int]:
    """Return the places of the words that the author says of themself."""
    own: set[int] = set()
    for cue in _CUE.finditer(text):
        at = cue.end()
        while at < len(text) and text[at] in " '":
            at += 1
        if at in starts:
            own |= _run(text, words, starts[at], is_strict=bool(_LOOSE.search(cue[0])))
    for place, word in enumerate(words):
        previous = words[place - 1] if place else None
        gap = text[previous.end() if previous else 0 : word.start()]
        if _may_begin(word) and (
            previous is None
            or _HEAD.search(gap)
            or gap.strip() == ","
            or previous[0] in {"puis", "et"}
        ):
            own |= _run(text, words, place, is_strict=True)
        elif previous and gap == " " and _qualifies(previous, word):
            own.add(place)
    return own


def _may_begin(word: re.Match[str]) -> bool:
    """Whether a word alone may say who writes: « Passionnée de cartes », « Ingénieur réseau »."""
    lower = word[0].lower()
    return lower in _SELF_FORMS or (word[0][0].isupper() and lower in _TITLE_FORMS)


def _qualifies(previous: re.Match[str], word: re.Match[str]) -> bool:
    """Whether a word goes with the one before it: « développeuse confirmée », « DevOps confirmé »."""
    lower = word[0].lower()
    if lower.startswith("devenu"):
        return lower in _SELF_FORMS and previous[0][0].isupper()
    if lower.startswith("confirmé"):
        return previous[0][0].isupper() or _is_title(previous)
    return lower in _SELF_FORMS and (_is_title(previous) or lower.startswith("certifié"))


def _run(text: str, words: list[re.Match[str]], place: int, *, is_strict: bool) -> set[int]:
    """Follow what is said from one word on: « curieux et patient », « très discrète, rigoureuse ».

    A strict run holds titles and words that people say of themselves, no adjective that only looks like one.
    """
    found: set[int] = set()
    for at in range(place, min(place + 16, len(words))):
        word = words[at]
        lower = word[0].lower()
        is_known = lower in _SELF_FORMS or lower in _TITLE_FORMS
        if at > place:
            gap = text[words[at - 1].end() : word.start()].strip()
            follows = (at - 1) in found and gap == "" and lower not in _ADVERBS
            if gap not in {"", ",", "'"} or (follows and not is_known):
                break
        if lower in _ADVERBS or lower.endswith("ment"):
            continue
        if not (is_known if is_strict else _both(word[0], is_of_author=True)):
            break
        found.add(at)
        # A title ends what « je suis » lets any adjective say: « développeur Laravel, sport ».
        is_strict = is_strict or _is_title(word)
    return found


def _is_of_a_thing(before: re.Match[str] | None, word: re.Match[str]) -> bool:
    """Whether a title is said of what is not a person: « ministère chargé », « droit d'auteur »."""
    lower, previous = word[0].lower(), before[0].lower() if before else ""
    if lower.startswith(("chargé", "adjoint")):
        return previous in _BODIES
    if lower.startswith(("étudiant", "indépendant")):
        return word[0].islower() and previous not in _BEFORE_PEOPLE | _ADVERBS
    return lower == "auteur" and previous == "d"


def _is_title(word: re.Match[str]) -> bool:
    return word[0].lower() in _TITLE_FORMS


#: What stands between both forms of a word: « développeur ou une développeuse », « développeur/développeuse ».
_BETWEEN_TWINS = re.compile(r" (?:ou|et) (?:(?:une?|le|la|du|au|un\(e\)) )?| ?[/·(-] ?")


def _is_paired(text: str, words: list[re.Match[str]], place: int) -> bool:
    """Whether both forms stand there already."""
    word = words[place]
    if _ALREADY.match(text, word.end()):
        return True
    lower = word[0].lower()
    for other in words[max(0, place - 4) : place + 5]:
        if _are_twins(lower, other[0].lower()):
            first, second = sorted((word, other), key=re.Match.start)
            if _BETWEEN_TWINS.fullmatch(text, first.end(), second.start()):
                return True
    return False


def _are_twins(one: str, other: str) -> bool:
    if _OTHER.get(one) == other or one == other + "e" or other == one + "e":
        return True
    pair = _said_of_author(one)
    return " ou " in pair and other != one and other in pair.split(" ou ")
