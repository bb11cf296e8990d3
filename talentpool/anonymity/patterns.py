"""Addresses, numbers, ages, dates of birth, families, origins, towns and employers, by how they are written.

Patterns read `Reading.plain`: no accents, straight quotes. Each begins where a word begins and every
repetition has a bound, so that no text, however hostile, takes more than its length's time.
"""

import re
from collections.abc import Iterator

from talentpool.anonymity import lists
from talentpool.anonymity.kinds import Found, Kind
from talentpool.anonymity.writing import Alternatives, Reading

_UNITS = "un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
_UNITS += "|one|two|three|four|five"
_TENS = "vingt|trente|quarante|cinquante|soixante"
_IN_WORDS = (
    rf"(?:(?:{_TENS})(?:[- ]et[- ]une?|[- ](?:dix[- ])?(?:{_UNITS}))?|dix[- ](?:sept|huit|neuf))"
)
#: From sixteen to seventy-nine: what an age is more often than how long something lasted.
_ADULT = rf"(?:1[6-9]|[2-7]\d|{_IN_WORDS})"
_ANY_NUMBER = rf"(?:\d{{1,2}}|{_IN_WORDS}|{_UNITS})"
_MONTH = (
    "(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    "|janv|fevr|juil|sept|oct|nov|dec)"
)
_DAY = (
    rf"(?:\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?\d{{2,4}}|(?:19|20)\d\d-\d\d-\d\d"
    rf"|(?:\d{{1,2}}(?:er|st|nd|rd|th)? )?{_MONTH}\.?(?: \d{{1,2}}(?:st|nd|rd|th)?\b,?)?(?: (?:19|20)\d\d)?"
    r"|(?:19|20)\d\d|\[date de naissance\])"
)
_WORD = r"[^\W\d_][\w'-]{0,40}"
_CAPITAL = r"[A-Z][\w&.'-]{0,40}(?<![.'-])"
#: A proper noun of several words: « Airbus Defence and Space », « Caisse d'Epargne ».
_PROPER = (
    rf"{_CAPITAL}(?: (?:{_CAPITAL}|\d{{1,3}}\b)| (?:de |du |des |d'|de la |de l'|and "
    rf"|of |& ){_CAPITAL}){{0,5}}"
)
_PLACE = rf"{_CAPITAL}(?:[ -](?:de |la |du |des |sur |en |les )?{_CAPITAL}){{0,3}}"

#: Tried on small letters, at the beginning of words; each masks its group `it`, or all that it matches.
_LOWER = [
    (
        Kind.LINK,
        Alternatives(
            r"(?:https?|ftp)://[^\s<>\"]{1,400}[\w/]",
            r"www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?:/[^\s<>\"]{0,400}[\w/])?",
            r"\w[\w.]{1,31}#\d{4}\b",
            r"\d{4}-\d{4}-\d{4}-\d{3}[\dx]\b",
            r"(?:twitter|instagram|insta|skype|discord|telegram|signal|github|gitlab"
            r"|mastodon|linkedin|bluesky"
            r"|facebook|malt|pseudo) ?: ?(?P<it>@?[\w.#-]{2,40}\w)",
        ),
    ),
    (
        Kind.AGE,
        Alternatives(
            rf"(?:j'ai|j'ai eu|j'aurai|j'avais|(?<!\d )a|des|mes|a l'age de|l'age de|age ?:) "
            rf"(?P<it>{_ANY_NUMBER} (?:ans|printemps)(?: et demie?)?)\b(?! (?:de |d'|dans "
            rf"|en |comme |chez |pour |au |a |derriere ))",
            rf"agee?s? (?:de )?{_ANY_NUMBER} ans\b",
            rf"(?:{_ADULT}|(?:twenty|thirty|forty|fifty|sixty)(?:-\w{{3,5}})?)[- ]years?[- ]olds?\b",
            r"(?:aged|at|at age|age of|turned|turning) (?P<it>1[6-9]|[2-6]\d)\b(?! ?[%\w:])",
            r"(?:in|into) (?:my|his|her|their) (?:early |mid |late |mid-)?(?P<it>(?:twen"
            r"|thir|for|fif|six)ties)",
            r"(?:trentenaire|quarantenaire|quadra(?:genaire)?|quinqua(?:genaire)?|sexagenaire)\b",
            r"la (?:petite |jeune )?(?P<it>(?:vingt|trent|quarant|cinquant|soixant)aine)\b(?! d)",
            r"jeune(?= (?:diplome|retraite|actif|active|papa|maman|homme|femme|ingenieur|developpeu))",
        ),
    ),
    (
        Kind.BIRTH,
        Alternatives(
            rf"(?:nee?|nee?\(e\)) (?:le|en|un|au mois de)? ?(?P<it>{_DAY})",
            rf"(?:nee?|born|nee?\(e\)) (?:a|au|in|at|en) [\w'-]{{1,30}},? (?:le|en|in|on) (?P<it>{_DAY})",
            rf"(?:born|d\.?o\.?b\.?)(?: on| in| ?:)? ?(?:the )?(?P<it>{_DAY})",
            rf"(?:date de naissance|naissance|anniversaire|birthday|birth date"
            rf"|birth)\b[^.\n\d]{{0,30}}?(?P<it>{_DAY})",
        ),
    ),
    (
        Kind.FAMILY,
        Alternatives(
            r"(?<!maison )(?<!societe )(?:(?:jeune |single |heureu(?:x|se) )?(?:mere|pere"
            r"|maman|papa|mother|father|mum|mom|dad|parent)"
            rf" (?:de |d'|of |isolee?)(?:{_WORD} ){{0,2}}?(?:enfants?|filles?|fils|garcons?"
            rf"|ados?|adolescentes?|adolescents?"
            r"|jumeaux|jumelles|bebes?|famille|twins|two|three|four|one|kids?|children|boys?"
            r"|girls?|daughters?|sons?)\b)",
            r"(?:mere|pere|maman|papa|mother|father)(?= (?:le reste|solo|celibataire)|[.,;]"
            r"| a temps)(?<!maison mere)",
            r"(?:single|proud|working) (?:mother|father|mum|mom|dad|parent)\b",
            r"(?:grand-?(?:pere|mere)|grand-?parent|grandmother|grandfather)\b",
            rf"(?:mon|ma|mes|nos|notre|my|our) (?:{_WORD} ){{0,2}}?(?:enfants?|filles?|fils"
            rf"|garcons?|jumeaux|jumelles|bebe|mari|femme|epouse"
            r"|epoux|conjointe?|compagne|compagnon|husband|wife|partner|kids?|children"
            r"|daughters?|sons?|fiancee?)\b",
            r"je suis (?P<it>(?:mere|pere|maman|papa|parent))\b",
            r"une? (?:jeune )?enfant(?=[,.;)]| et )",
            r"(?:deux|trois|quatre|cinq|six|[1-6]|two|three|four) (?:jeunes |petits "
            r"|grands )?(?:enfants?|kids|children)\b",
            r"(?:mariee?|divorcee?|pacsee?|celibataire|veuve|veuf|separee?|fiancee?"
            r"|en couple|enceinte|married|divorced|widowed)\b(?!s|\()",
            r"conges? (?:de )?(?:maternite|paternite|parental)\b|(?:maternity|paternity|parental) leave\b",
            rf"(?:fille|fils) (?:unique|ainee?|de |d'|du )(?:{_WORD})?",
        ),
    ),
    (
        Kind.ORIGIN,
        Alternatives(
            rf"(?:d'origines?|de nationalite|double nationalite|nationalite|nationality ?:) "
            rf"(?:{_WORD})(?: et {_WORD})?",
            r"(?:franco|italo|hispano|germano|anglo|luso|belgo|algero|americano|greco)-[a-z]{4,20}\b",
            r"naturalisee?\b",
        ),
    ),
    (
        Kind.TOWN,
        Alternatives(
            r"\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|bd|boulevard|place|allee|chemin"
            r"|impasse|quai|route|cours|square)"
            r" [^,;.\n]{2,60}(?:,? \d{5} [\w-]{2,40})?",
        ),
    ),
]
#: The same, where capitals tell.
_WRITTEN = [
    (
        Kind.ORIGIN,
        Alternatives(
            rf"(?:[Oo]riginaire (?:de la |de l'|du |des |de |d')|[Bb]orn (?:and raised )?in )(?P<it>{_PLACE})",
            r"(?:famille|parents|pere|mere|family|father|mother)(?: (?:est|sont|is|are|was|were))?"
            r" (?:vien(?:t|nent)|venue?s?|comes?|came) (?:de la |de l'|du |des |de |d'|from )"
            rf"(?P<it>{_PLACE})",
        ),
    ),
    (
        Kind.TOWN,
        Alternatives(
            rf"[Nn]ee? (?:le |en ){_DAY},? (?:a |au |aux |en )(?P<it>{_PLACE})",
            r"(?:[Jj]'habite|[Jj]e vis|[Jj]e reside|[Jj]e demeure|[Dd]omiciliee?|[Bb]asee?|[Ii]nstallee?"
            r"|[Nn]ommee?|[Mm]utee?|[Nn]ee?|[Gg]randi|[Vv]ivant|[Hh]abitant|[Ll]iving|[Bb]ased|[Gg]rew up"
            r"|[Ll]ive|[Rr]aised|[Rr]elocated)(?: (?:actuellement|desormais|aujourd'hui|currently))?"
            r" (?:a la |a |au |aux |en |in |pres de |pres d'|dans le |dans la |dans l'|near )"
            rf"(?P<it>{_PLACE})",
            r"\d{5} [A-Z][\w-]{2,40}",
        ),
    ),
]
#: What has its own idea of where a word begins.
_SPECIAL = [
    (
        Kind.EMAIL,
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|[\[(] ?(?:at|arobase|chez) ?[\])]|(?<= )(?:arobase|at) ) ?"
            r"[\w-]{1,63}(?: ?(?:\.|[\[(] ?(?:dot|point) ?[\])]|(?<= )(?:point|dot) ) ?[\w-]{2,63}){1,4}"
        ),
    ),
    (
        Kind.LINK,
        re.compile(
            r"(?<![\w@.'-])(?![\w.-]{0,80}\bgouv\.fr)(?:[\w-]{1,63}\.){1,4}(?:fr|com|org|net"
            r"|io|dev|eu|me|example|be|ch"
            r"|ca|info|bzh|re|paris|xyz|app|tech|page|name|uk|de|it|es|pt|pro|blog"
            r"|site)\b(?!\.\w)(?:/[^\s<>\",;]{0,400}[\w/])?"
        ),
    ),
    (Kind.LINK, re.compile(r"(?<![\w/.])@[a-z_][\w.]{1,29}(?<!\.)\b(?![/(])")),
    (
        Kind.PHONE,
        re.compile(r"(?<![\w.,+])(?:\+\d|00\d|0)(?:[ .-]{0,2}(?:\(0\) ?)?\d){8,13}(?!\w)"),
    ),
    (Kind.PHONE, re.compile(r"(?<!\w)[12] ?\d\d ?[01]\d ?\d[\dab] ?\d{3} ?\d{3}(?: ?\d\d)?(?!\w)")),
    (
        Kind.AGE,
        re.compile(
            r"(?<![\w'-])(?=[1-7vtqcsd])(?<!depuis )(?<!pendant )(?<!durant )(?<!il y a )(?<! en )(?<! sur )"
            r"(?<!plus de )(?<!pres de )"
            r"(?<!dans )(?<!moins de )(?<!apres )(?<!environ )(?<!les )(?<!de )"
            rf"{_ADULT} (?:ans|printemps)\b(?! (?:de |d'|dans |en |comme |chez |pour |au |a "
            rf"|plus |avant |apres |durant ))"
        ),
    ),
]

#: Public bodies are not masked: what they do is the work itself.
_PUBLIC = re.compile(
    r"(?:Ministere|DINUM|Etat|INSEE|Insee|ANSSI|CNES|CNRS|INRAE?|Inria|INRIA|IGN"
    r"|BRGM|SHOM|CEA|Prefecture|Region|Departement|Ville"
    r"|Mairie|Metropole|Pole emploi|France Travail|CNAF|CNAM?TS|URSSAF|Urssaf|CAF"
    r"|CPAM|ARS|CHU|AP-HP|DGFIP|DGFiP|Cour|Conseil|Assemblee"
    r"|Senat|beta|Agence|Direction|Service|Rectorat|Academie|Caisse nationale"
    r"|Banque de France|Je\b|J'|Il\b|Elle\b|On\b|Nous\b|Le\b(?! [A-Z])"
    r"|La\b(?! [A-Z])|Les\b(?! [A-Z]))"
)
_FIRM = (
    rf"(?:la |le |l'|les |the )?(?:(?:societe|groupe|entreprise|start-up|startup|agence"
    rf"|cabinet|association|ESN|SSII|editeur|mutuelle|banque) )?(?P<it>{_PROPER})"
)
#: What is said before an employer.
_CUES = (
    "[Cc]hez ",
    "(?:[Aa]u sein (?:de |du |des |d'))",
    "[Gg]roupe ",
    "(?:[Ee]mploy(?:e|ee|ed)|[Rr]ecrutee?|[Ee]mbauchee?|[Dd]ebauchee?|[Rr]achetee?"
    "|[Hh]ired) (?:par |by )",
    "[Ss]alarie(?:e|\\(e\\))? (?:de |d'|du |chez )",
    "[Ss]alarie(?:e|\\(e\\))? (?:de |d')",
    "(?:[Tt]ravaille|[Bb]osse|[Oo]euvre|[Oo]uvre|[Dd]emarre|[Dd]ebute|[Cc]ommence"
    "|[Tt]ravaillais|[Tt]ravaillant)(?: \\w{1,12}){0,2} (?:pour |a |avec )",
    "(?:[Ww]ork(?:ed|ing|s)?|[Pp]reviously|[Cc]urrently|[Ff]ormerly|[Ee]ngineer"
    "|[Dd]eveloper|[Ii]nternship|[Yy]ears)(?: \\w{1,12}){0,2} (?:at |for |with )",
    "[Ee]mployeur(?: actuel| precedent)? ?: ",
    "(?:[Qq]uitte|[Rr]ejoint|[Ii]ntegre|[Ff]onde|[Cc]ofonde|[Cc]ree|[Dd]irige"
    "|[Jj]oined|[Ll]eft|[Ff]ounded) ",
    "(?:[Ss]ous la marque|[Ll]a societe|[Ll]'entreprise|[Ll]e groupe|[Ll]a start-up"
    "|[Ll]'ESN|[Ll]'editeur|[Ll]e cabinet) ",
    "(?:[Ss]tage|[Ss]tages|[Aa]lternance|[Aa]pprentissage|[Cc]DI|[Cc]DD)"
    "(?: de \\w{1,8} mois)? (?:a |chez |: )",
    "(?:[Aa]vant|[Pp]uis|[Aa]ujourd'hui|[Rr]edacteur|[Rr]edactrice|\\bUX"
    "|\\w{3,15}ant|\\bweb) (?:: |pour )",
)
_EMPLOYERS = re.compile(r"(?<![\w@.-])(?:" + "|".join(_CUES) + ")" + _FIRM)
#: What goes on a list of employers: « (MMA, puis Covéa) », « chez Michelin and Deezer ».
_NEXT = re.compile(
    rf"(?:,? (?:puis|et|and|ou|then)(?: chez| a| pour| at)? |, (?:chez |at )?)(?:la "
    rf"|le |l'|the )?(?P<it>{_PROPER})"
)


def find(reading: Reading) -> Iterator[Found]:
    """Find what is told by how it is written."""
    for text, several in ((reading.lower, _LOWER), (reading.plain, _WRITTEN)):
        for kind, alternatives in several:
            for start, end in alternatives.spans(text):
                yield Found(start, end, kind)
    for kind, pattern in _SPECIAL:
        for match in pattern.finditer(reading.lower):
            yield Found(*match.span(), kind)
    yield from _employers(reading.plain)
    yield from lists.found(reading, lists.employers(), Kind.EMPLOYER)


def _employers(plain: str) -> Iterator[Found]:
    for match in _EMPLOYERS.finditer(plain):
        if _PUBLIC.match(match["it"]):
            continue
        yield Found(*match.span("it"), Kind.EMPLOYER)
        end = match.end()
        for _more in range(4):
            after = _NEXT.match(plain, end)
            if after is None or _PUBLIC.match(after["it"]) or _is_sentence(after):
                break
            yield Found(*after.span("it"), Kind.EMPLOYER)
            end = after.end()


def _is_sentence(after: re.Match[str]) -> bool:
    """Whether what follows begins something else, as « chez Thales, Python » would."""
    return after[0].startswith(", ") and " puis" not in after[0] and "chez" not in after[0]
