"""Nationalities and regions, where they are said of a person and not of a language or of a firm."""

import re
from collections.abc import Iterator

from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.lists import words_of
from talentpool.anonymity.writing import Reading

#: Masculine singulars, folded; feminines and plurals follow from their ending.
_FRENCH = """
    afghan africain albanais algerien allemand alsacien americain andorran anglais angolais antillais
    arabe argentin armenien asiatique australien autrichien azerbaidjanais bangladais basque belge
    beninois berbere bielorusse birman bolivien bosniaque bresilien breton britannique bulgare burkinabe
    burundais cambodgien camerounais canadien catalan centrafricain chilien chinois chypriote colombien
    comorien congolais coreen corse croate cubain danois djiboutien dominicain ecossais egyptien
    equatorien erythreen espagnol estonien ethiopien europeen finlandais flamand francais gabonais
    gallois gambien georgien ghaneen grec guadeloupeen guatemalteque guineen guyanais haitien hollandais
    hongrois indien indonesien irakien iranien irlandais islandais israelien italien ivoirien japonais
    jordanien kabyle kazakh kenyan kosovar kurde laotien letton libanais liberien libyen lituanien
    lorrain luxembourgeois macedonien maghrebin malgache malien maltais marocain martiniquais mauricien
    mauritanien mexicain moldave mongol montenegrin mozambicain neerlandais nepalais nicaraguayen
    nigerian nigerien normand norvegien ougandais ouzbek pakistanais palestinien panameen paraguayen
    peruvien philippin picard polonais polynesien portoricain portugais quebecois reunionnais roumain
    russe rwandais salvadorien savoyard senegalais serbe slovaque slovene somalien soudanais sri-lankais
    suedois suisse syrien tadjik taiwanais tanzanien tchadien tcheque tchetchene thailandais togolais
    tunisien turc ukrainien uruguayen venezuelien vietnamien yemenite zairois mahorais caledonien
"""
_ENGLISH = """
    afghan african albanian algerian american argentinian armenian australian austrian bangladeshi
    belgian beninese bolivian bosnian brazilian british bulgarian cambodian cameroonian canadian chilean
    chinese colombian congolese croatian cuban czech danish dutch egyptian english estonian ethiopian
    filipino finnish french georgian german ghanaian greek haitian hungarian indian indonesian iranian
    iraqi irish israeli italian ivorian japanese jordanian kenyan korean latvian lebanese libyan
    lithuanian malagasy malian mexican moroccan nepalese nigerian norwegian pakistani palestinian
    peruvian polish portuguese romanian russian rwandan scottish senegalese serbian slovak slovenian
    somali spanish sudanese swedish swiss syrian taiwanese thai togolese tunisian turkish ukrainian
    venezuelan vietnamese
"""
_ENDS = [
    ("ien", "ienne"),
    ("een", "eenne"),
    ("on", "onne"),
    ("an", "ane"),
    ("c", "que"),
    ("c", "cque"),
    ("", "e"),
]
#: « Lyonnaise, deux enfants »: a town's people, alone at a sentence's head.
_DEMONYM = re.compile(
    r"(?!Mais|Jamais|Désormais|Mois|Parfois|Autrefois)[A-Z][a-z]{2,20}(?:ais|aise|ois|oise)"
)
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = words_of("""
    suis am etais pere mere parents grands famille origine origines nationalite citoyen citoyenne
    passeport racines trentenaire quadragenaire quinquagenaire ne nee ressortissant ressortissante sang
    descendance
""")
_AFTER = words_of("""
    de d origine naissance citizen born national nationality naturalise naturalisee passport adoption
""")
#: After these, it is a language, or what is worked on.
_LANGUAGE = words_of("""
    parle parles lis ecris speak bilingue langue langues en anglais cours traduit apprends niveau
""")


def _forms() -> frozenset[str]:
    forms = set(_ENGLISH.split())
    for one in _FRENCH.split():
        forms.add(one)
        forms.update(
            one.removesuffix(masculine) + feminine
            for masculine, feminine in _ENDS
            if one.endswith(masculine)
        )
    return frozenset(forms)


_FORMS = _forms()


def find(reading: Reading) -> Iterator[Found]:
    """Find where people say that they come from."""
    plain = reading.plain
    words = list(_WORD.finditer(plain))
    folded = [word[0].casefold() for word in words]
    own: set[int] = set()
    for at, word in enumerate(words):
        if folded[at] not in _FORMS and not _DEMONYM.fullmatch(word[0]):
            continue
        if _is_said_of_somebody(plain, words, folded, at, own):
            own.add(at)
            yield Found(*word.span(), Kind.ORIGIN)


def _is_said_of_somebody(
    plain: str, words: list[re.Match[str]], folded: list[str], at: int, own: set[int]
) -> bool:
    before = folded[at - 1] if at else ""
    after = folded[at + 1] if at + 1 < len(words) else ""
    if before in _LANGUAGE or after in _FORMS:
        # « Anglais, allemand » are languages.
        return before in _BEFORE and before not in _LANGUAGE
    if before in _BEFORE or (before in {"et", "and"} and (at - 2) in own):
        return True
    if before in {"a", "un", "une"} and at > 1 and folded[at - 2] in _BEFORE:
        return True
    gap = plain[words[at].end() : words[at + 1].start()] if after else "."
    follows = after in _AFTER and not (after in {"de", "d"} and not _names_a_birth(folded, at))
    if follows and gap == " ":
        return True
    # Alone at a sentence's head: « Catalan, nationalité espagnole ».
    head = plain[words[at - 1].end() : words[at].start()].strip() if at else "."
    return (
        words[at][0][0].isupper()
        and head[-1:] in {".", "!", "?", ":", "(", "-"}
        and gap.strip()[:1] in {",", "."}
    )


def _names_a_birth(folded: list[str], at: int) -> bool:
    return at + 2 < len(folded) and folded[at + 2] in {
        "naissance",
        "origine",
        "adoption",
        "coeur",
        "souche",
    }
