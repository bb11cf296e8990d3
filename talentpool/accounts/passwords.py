"""Whether a password would resist guessing: long enough, and like nothing that attackers try first."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

from talentpool.i18n import _

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
#: Below 10⁸ guesses a password falls to an attack that is slowed down; zxcvbn calls that under 3.
LEAST_SCORE = 3
#: zxcvbn reads no more, and what follows can only make a password stronger.
_READ = 72

TOO_SHORT_OR_LONG = _("Choisissez un mot de passe de 12 à 256 caractères.")
TOO_COMMON = _(
    "Ce mot de passe figure parmi les premiers que l’on essaie. Une phrase de quatre mots sans lien entre "
    "eux résiste bien mieux."
)
TOO_PERSONAL = _("Ce mot de passe reprend votre nom ou votre adresse. Choisissez autre chose.")


def weakness(password: str, *, known: Sequence[str] = ()) -> str | None:
    """Say what is wrong with a password, marked for translation; None when nothing is.

    `known` is what others know of the person: a name, an address. No rule is put on the kinds of
    characters (ASVS 5.0, 6.2); strength is estimated as zxcvbn does (Wheeler, USENIX Security 2016).
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return TOO_SHORT_OR_LONG
    read = password[:_READ]
    parts = [part for text in known for part in (text, *text.replace("@", " ").split()) if part]
    if zxcvbn(read, user_inputs=parts)["score"] >= LEAST_SCORE:
        return None
    # What is weak to anybody is common; what is weak to whoever knows the person is personal.
    return TOO_COMMON if zxcvbn(read)["score"] < LEAST_SCORE else TOO_PERSONAL
