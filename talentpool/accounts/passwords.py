"""Whether a password would resist guessing: long enough, and like nothing that attackers try first."""

import re
from collections.abc import Sequence

from zxcvbn import zxcvbn

from talentpool.accounts.wordlists import worth
from talentpool.i18n import _

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
#: Below 10⁸ guesses a password falls to an attack that is slowed down; zxcvbn calls that under 3.
LEAST_SCORE = 3
#: Unrelated words that a password must be worth: zxcvbn takes French ones, which it does not know, for chance.
LEAST_WORTH = 3
#: zxcvbn reads no more, and what follows can only make a password stronger.
_READ = 72
_WORD = re.compile(r"[^\W_]+")

TOO_SHORT_OR_LONG = _("Choisissez un mot de passe de 12 à 256 caractères.")
TOO_COMMON = _(
    "Ce mot de passe ressemble aux premiers que l’on essaie : un mot courant et des chiffres ne suffisent "
    "pas. Prenez quatre mots sans lien entre eux ; les espaces sont permis."
)
TOO_PERSONAL = _(
    "Ce mot de passe reprend votre nom ou votre adresse. Prenez quatre mots sans lien avec vous ni entre "
    "eux ; les espaces sont permis."
)


def weakness(password: str, *, known: Sequence[str] = ()) -> str | None:
    """Say what is wrong with a password, marked for translation; None when nothing is.

    `known` is what others know of the person: a name, an address. No rule is put on the kinds of
    characters (ASVS 5.0, 6.2); strength is estimated as zxcvbn does (Wheeler, USENIX Security 2016), then
    words are counted that guesses begin with.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return TOO_SHORT_OR_LONG
    read = password[:_READ]
    parts = [part for text in known for part in (text, *_WORD.findall(text)) if part]
    if _resists(read, parts):
        return None
    # What whoever knows the person guesses more easily is personal, were it weak to anybody.
    is_personal = worth(read, known=parts) < worth(read) or _resists(read, [])
    return TOO_PERSONAL if is_personal else TOO_COMMON


def _resists(password: str, known: Sequence[str]) -> bool:
    is_long = zxcvbn(password, user_inputs=known)["score"] >= LEAST_SCORE
    return is_long and worth(password, known=known) >= LEAST_WORTH
