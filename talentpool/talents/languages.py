"""Languages that profiles may name, by their ISO 639 code, with the names that files and CVs give them."""

from talentpool.i18n import _
from talentpool.naming import folded

#: French names in the order of their alphabet; sign language has a code of three letters only.
LANGUAGES = {
    "sq": _("albanais"),
    "de": _("allemand"),
    "am": _("amharique"),
    "en": _("anglais"),
    "ar": _("arabe"),
    "hy": _("arménien"),
    "eu": _("basque"),
    "ber": _("berbère"),
    "br": _("breton"),
    "bg": _("bulgare"),
    "ca": _("catalan"),
    "zh": _("chinois"),
    "ko": _("coréen"),
    "co": _("corse"),
    "gcf": _("créole antillais"),
    "rcf": _("créole réunionnais"),
    "hr": _("croate"),
    "da": _("danois"),
    "es": _("espagnol"),
    "fi": _("finnois"),
    "fr": _("français"),
    "el": _("grec"),
    "he": _("hébreu"),
    "hi": _("hindi"),
    "hu": _("hongrois"),
    "it": _("italien"),
    "ja": _("japonais"),
    "fsl": _("langue des signes française"),
    "nl": _("néerlandais"),
    "no": _("norvégien"),
    "oc": _("occitan"),
    "fa": _("persan"),
    "pl": _("polonais"),
    "pt": _("portugais"),
    "ro": _("roumain"),
    "ru": _("russe"),
    "sr": _("serbe"),
    "sv": _("suédois"),
    "ta": _("tamoul"),
    "cs": _("tchèque"),
    "tr": _("turc"),
    "uk": _("ukrainien"),
    "vi": _("vietnamien"),
    "wo": _("wolof"),
}
_CODES = {folded(name): code for code, name in LANGUAGES.items()}


def language_label(code: str) -> str:
    """Return what a stored code is called, marked for translation; another one is shown as it is."""
    return LANGUAGES.get(code, code)


def language_code(name: str) -> str | None:
    """Return the code of a language by its French name or its code, None when it is none of the list."""
    plain = folded(name)
    return plain if plain in LANGUAGES else _CODES.get(plain)
