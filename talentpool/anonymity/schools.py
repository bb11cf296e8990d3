"""Schools: those of a list, and what is written as schools are."""

import re
from collections.abc import Iterator

from talentpool.anonymity import lists
from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.writing import Alternatives, Reading

_START = r"(?<![\w@.-])"
_CAPITAL = r"[A-Z][\w&.'-]{0,40}(?<![.'-])"
_LINK = r"(?:(?:de|du|des|la|le|les|et|en|pour|aux|au|a|of|in|for)\b ?|d'|l'|- )"
_LOWER = r"[a-z][a-z-]{2,20}"
_TAIL = (
    rf"(?:(?: ?{_LINK}){{0,3}} ?{_CAPITAL}(?: (?:(?:de |du |des |d'|la |of |and "
    rf"|- )?{_CAPITAL}|[IVX]{{1,4}}\b|\d{{1,2}}\b)){{0,5}})"
)
_NUMERAL = r"(?:\d{1,2}|[IVX]{1,4})\b"
_CITY = (
    "(?:Paris|Lyon|Lille|Bordeaux|Toulouse|Aix-Marseille|Marseille|Montpellier"
    "|Grenoble|Nantes|Rennes|Nancy|Strasbourg|Nice|Metz"
    "|Clermont|Caen|Rouen|Dijon|Reims)"
)
_SCHOOLS = Alternatives(
    # « université de Nantes », « lycée Fabert », « école nationale supérieure d'arts de Bourges ».
    rf"(?:[Uu]niversites?|[Uu]niv\.?|[Ff]ac(?:ulte)?|[Ll]ycee(?: \w{{4,15}}){{0,2}}"
    rf"|[Cc]ollege|IUT|BUT|IAE|IEP|ESPE|INSPE|CFA|GRETA|Greta|IUFM|IRA"
    rf"|[Pp]olytech|[Cc]onservatoire|[Pp]repa)(?: ?{_LINK}{_LOWER}){{0,2}}{_TAIL}",
    rf"(?:[Ee]cole|[Ii]nstitut (?:d'etudes|superieur|universitaire"
    rf"|catholique|polytechnique|de formation))(?: (?:nationale?|superieure?|normale|centrale"
    rf"|europeenne|francaise|regionale|universitaire)){{0,3}}"
    rf"(?: ?{_LINK}{_LOWER}| ?{_LINK}{_LINK}{_LOWER}| {_LOWER}){{0,3}}(?:{_TAIL}| \d{{2}}\b)",
    rf"[Ee]cole (?:nationale|superieure|normale|centrale|polytechnique)(?: "
    rf"(?:{_LINK}{{0,2}} ?{_LOWER})){{0,3}}",
    # English and German ones.
    rf"(?:[Uu]niversity|[Cc]ollege|[Ii]nstitute|[Ss]chool)"
    rf"(?: of [A-Za-z]{{3,20}}){{0,2}}(?: (?:of|in"
    rf"|at) {_CAPITAL}(?: {_CAPITAL}){{0,3}})",
    rf"(?:{_CAPITAL} ){{1,4}}(?:University|College|Institute of Technology"
    rf"|Business School|School|Polytechnic|Universitat|Hochschule)"
    rf"(?: (?:of )?{_CAPITAL}){{0,3}}",
    rf"(?:TU|ETH|Universitat|Universidad|Universidade|Universita|Politecnico"
    rf"|Hochschule) (?:de |di |du |do )?{_CAPITAL}(?: {_CAPITAL}){{0,2}}",
    # « Paris 8 », « Paris-Dauphine », « Mines Nancy », « Centrale Lille », « X2008 ».
    rf"{_CITY}[ -]{_NUMERAL}(?! ?(?:e|eme|er)\b)",
    rf"(?:[Mm]ines|[Cc]entrale|[Tt]elecom|[Pp]olytech|[Ss]ciences[ -][Pp]o|INSA|ENS"
    rf"|ENSA|IMT|IEP|IUT|IAE|ESC|CFA|CESI|ISEN|INP|Arts et [Mm]etiers|HEC)"
    rf"(?: (?:de |d')?|-){_CAPITAL}(?: {_CAPITAL}){{0,2}}",
    r"X ?(?:19|20)\d\d\b",
)
#: After these words, a proper noun is a school.
_CUE = re.compile(
    _START + r"(?:[Dd]iplomee?(?:\(e\))?|[Ii]ssue?|[Ss]ortie?|[Aa]ncienne?|[Ll]aureate?"
    r"|[Dd]iplome|[Mm]aster|[Mm]astere|[Ll]icence|[Tt]hese|[Dd]octorat|MBA|BTS|DUT"
    r"|[Bb]achelor"
    r"|[Ee]tudes|[Ee]tudie|[Ee]tudiante?|[Ff]orme?e?(?:\(e\))?|[Ff]ormation"
    r"|[Cc]ertificat|[Tt]itre(?: RNCP)?|[Ss]tudied(?: [a-z ]{3,30})?|[Gg]raduated?"
    r"|[Dd]egree|Ph\.?D|B\.?Sc|M\.?Sc|[Aa]lumn[ia]|[Pp]ostdoc)\b"
    rf"(?: (?:en|de|in) {_LOWER}(?: {_LOWER}){{0,2}})?,? ?(?:\(|: |(?:de la |de l'"
    rf"|du |de |d'|a l'|a la |au |a |chez |from |at |of )(?:the )?)"
    rf"(?P<it>{_CAPITAL}(?: (?:{_CAPITAL}|[IVX]{{1,4}}\b|\d{{1,2}}\b)){{0,4}})"
)
#: What goes on a list: « (École Estienne, puis Gobelins) », « l'ENSAE et l'École d'économie ».
_NOT_SCHOOLS = re.compile(
    r"(?:Python|Java|Data|Web|Linux|SQL|R|C|DevOps|Scrum|Agile|BRGM|CNRS|CNES|INSEE"
    r"|Insee|INRAE?|Inria|CHU|ANSSI|DINUM|IGN|CEA|SHOM|React|Vue|PHP|Django)\b"
)


def find(reading: Reading) -> Iterator[Found]:
    """Find schools, of the list or not."""
    plain = reading.plain
    for start, end in _SCHOOLS.spans(plain):
        yield Found(start, end, Kind.SCHOOL)
    for match in _CUE.finditer(plain):
        if not _NOT_SCHOOLS.match(match["it"]):
            yield Found(*match.span("it"), Kind.SCHOOL)
    yield from lists.found(reading, lists.schools(), Kind.SCHOOL)
