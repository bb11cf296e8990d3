"""Telling a job's title from an employer's name, by the words that each is made of."""

import re

from talentpool.naming import folded

_JOBS = re.compile(
    r"\b(?:developpeu(?:r|se)s?|developp(?:er|ement)|developer|programm(?:er|eu)\w*|designers?|graphiste|chef(?:fe)?|product"
    r"|data|ingenieur\w*|engineers?|architecte?s?|responsable|consultant\w*|charge\w*"
    r"|administrat(?:eur|rice)\w*|devops|sre"
    r"|analystes?|analysts?|scientists?|managers?|lead|direct(?:eur|rice)|director|cartograph\w+|geomatici\w+"
    r"|statistici\w+|coach|researcher|chercheu\w+|redact(?:eur|rice)|technici\w+|stagiaire|stage"
    r"|intern(?:ship)?"
    r"|alternan\w+|apprenti\w*|juriste|forma(?:teur|trice)|scrum|head|cto|ux|ui|webmaster"
    r"|integrat(?:eur|rice)|adjointe?"
    r"|conseill(?:er|ere)|chief|officer|assistant\w*|coordinat(?:eur|rice|or)|anim(?:ateur|atrice)|owner"
    r"|fullstack|frontend"
    r"|backend|full stack|technical|tech|facilitat(?:eur|rice|or)|freelance|independante?|enseignant\w*"
    r"|teacher|expert\w*"
    r"|specialist\w*|auditeur|auditrice|gestionnaire|pilote|referente?|delegue\w*|librarian|documentaliste"
    r"|archiviste)\b"
)
_EMPLOYERS = re.compile(
    r"\b(?:ministere|direction|agence|agency|societe|universite|university|mairie|ville|region|departement|metropole|inc|ltd"
    r"|gmbh|sas|sarl|sa|cnrs|inria|insee|prefecture|rectorat|conseil|college|institut|institute"
    r"|laboratoire|lab|hopital"
    r"|chu|ministry|department|office|council|group|groupe|company|studio|startup|association|ong|bank"
    r"|banque|caisse"
    r"|dinum|etalab|ign|dila|cabinet|atelier|fondation|foundation|cooperative|scop|service|bureau|ecole"
    r"|school|rectorate)\b"
)
_BETWEEN = re.compile(
    r"\s+(?:chez|at|@|(?:au sein|pour le compte) d(?:e la |e l['’]|u |e |es ))\s*"
    r"|\s+[–—|•·-]\s+|\t+|\s{3,}|\s*;\s+|,\s+|\s:\s|:\s",
    re.IGNORECASE,
)


def is_job(text: str) -> bool:
    """Tell whether a text names what somebody does."""
    return bool(_JOBS.search(folded(text)))


def title_and_employer(head: str, below: str = "") -> tuple[str, str]:
    """Split an experience's heading into a title and an employer, which may stand on the line `below`."""
    parts = [part.strip(" .()") for part in _BETWEEN.split(head, maxsplit=3)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        pair = (head.strip(), below.strip())
    else:
        pair = (parts[0], ", ".join(parts[1:]))
        if not _is_employer_first(pair) and len(parts) > 2 and is_job(parts[1]):
            # « Développeuse, cheffe de projet, Ministère »: the employer closes the line.
            pair = (", ".join(parts[:-1]), parts[-1])
    return (pair[1], pair[0]) if _is_employer_first(pair) else pair


def _is_employer_first(pair: tuple[str, str]) -> bool:
    first, second = pair
    if is_job(second) and not is_job(first):
        return True
    names_employer = bool(_EMPLOYERS.search(folded(first)))
    return (
        names_employer
        and not is_job(first)
        and not _EMPLOYERS.search(folded(second))
        and bool(second)
    )
