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
    adjoint apprenti attaché auteur avocat chargé commerçant consultant délégué devenu diplômé dirigeant
    doctorant enseignant expert gérant indépendant ingénieur intervenant magistrat passionné président
    professeur retraité salarié soignant surveillant étudiant remplaçant détaché docteur lieutenant
    intermittent artisan
"""
#: What people say of themselves at the head of a sentence, or after a comma.
_OF_ONESELF = """
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
        if not written or _is_paired(text, words, place, own):
            continue
        start = word.start()
        before = words[place - 1] if place else None
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
        r"(?<![\w-])(?:je suis|j'étais|en tant qu'|comme) (?P<it>une?)(?= \w)", text, re.IGNORECASE
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
            own |= _run(text, words, starts[at])
    for place, word in enumerate(words):
        lower = word[0].lower()
        previous = words[place - 1] if place else None
        gap = text[previous.end() if previous else 0 : word.start()]
        is_listed = lower in _SELF_FORMS or (word[0][0].isupper() and lower in _TITLE_FORMS)
        if not is_listed and (place - 1) not in own:
            continue
        if is_listed and (
            _HEAD.search("\n" + gap if previous is None else gap)
            or gap.strip() == ","
            or (previous and previous[0] in {"puis", "et"})
        ):
            own |= _run(text, words, place)
        # « une développeuse confirmée », « lead développeur », « DevOps confirmé ».
        elif (
            previous
            and gap == " "
            and (
                previous[0].lower() in _TITLE_FORMS
                or lower
                in {"confirmé", "confirmée", "certifié", "certifiée", "diplômé", "diplômée"}
            )
        ):
            own.add(place)
    return own


def _run(text: str, words: list[re.Match[str]], place: int) -> set[int]:
    """Follow what is said from one word on: « curieux et patient », « très discrète, rigoureuse »."""
    found: set[int] = set()
    skipped = 0
    for at in range(place, min(place + 16, len(words))):
        word = words[at]
        if at > place:
            gap = text[words[at - 1].end() : word.start()].strip()
            if gap not in {"", ",", "'"} or (
                gap == ""
                and (at - 1) in found
                and word[0].lower() not in _ADVERBS
                and word[0].lower() not in _SELF_FORMS
                and not _is_title(words[at - 1])
            ):
                break
        lower = word[0].lower()
        if lower in _ADVERBS or lower.endswith("ment"):
            skipped += 1
            if skipped > 6:
                break
        elif _both(word[0], is_of_author=True):
            found.add(at)
        else:
            break
    return found


def _is_title(word: re.Match[str]) -> bool:
    return word[0].lower() in _TITLE_FORMS


def _is_paired(text: str, words: list[re.Match[str]], place: int, own: set[int]) -> bool:
    """Whether both forms stand there already."""
    word = words[place]
    if _ALREADY.match(text, word.end()):
        return True
    lower = word[0].lower()
    for first, second in ((place, place + 2), (place - 2, place)):
        if first < 0 or second >= len(words) or words[first + 1][0].lower() not in {"ou", "et"}:
            continue
        other = words[second if first == place else first][0].lower()
        if _are_twins(lower, other):
            return True
    for neighbour in (place - 1, place + 1):
        if 0 <= neighbour < len(words) and _are_twins(lower, words[neighbour][0].lower()):
            gap = text[
                min(word.end(), words[neighbour].end()) : max(
                    word.start(), words[neighbour].start()
                )
            ]
            if gap.strip() in {"/", "·", "-", "("}:
                return True
    return False


def _are_twins(one: str, other: str) -> bool:
    if _OTHER.get(one) == other or one == other + "e" or other == one + "e":
        return True
    pair = _said_of_author(one)
    return " ou " in pair and other != one and other in pair.split(" ou ")
