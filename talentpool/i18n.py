"""French first: the marker that translators' tools look for, the locale of a request, and dates in words."""

import re
from datetime import date, datetime

from flask import Flask, has_request_context, session
from flask_babel import Babel, format_date, format_decimal, get_locale, get_translations

LANGUAGES = {"fr": "Français", "en": "English"}

#: The spaces that French typography keeps on one line with the sign that they stand beside.
_BOUND_SPACE = re.compile(r" (?=[:;!?»]|%%)|(?<=«) ")

babel = Babel()


def _(text: str) -> str:
    """Mark a French text for translation and return it unchanged: pages translate when they show it."""
    return text


def chosen_locale() -> str:
    """Return the language that the visitor chose, French until they do."""
    chosen = session.get("language") if has_request_context() else None
    return chosen if chosen in LANGUAGES else "fr"


def translated(text: str, **params: object) -> str:
    """Translate a marked text into the request's language, filling its named parameters in."""
    if not text:
        # An empty message stands for the catalogue's own header.
        return ""
    found = _gettext(text)
    return found % params if params else found.replace("%%", "%")


def ngettext(one: str, many: str, num: int) -> str:
    """Translate a text that counts `num` things, and fill the number in."""
    return _ngettext(one, many, num) % {"num": num}


def _gettext(text: str) -> str:
    return _BOUND_SPACE.sub("\N{NO-BREAK SPACE}", get_translations().ugettext(text))


def _ngettext(one: str, many: str, number: int) -> str:
    # French, the texts' own language, has no catalogue: nothing is one thing, as « 0 ligne » says.
    counted = 1 if number == 0 and chosen_locale() == "fr" else number
    return _BOUND_SPACE.sub("\N{NO-BREAK SPACE}", get_translations().ungettext(one, many, counted))


def date_in_words(day: date | datetime | None) -> str:
    """Write a day as sentences do: « mardi 24 novembre 2026 », « vendredi 1er janvier 2027 »."""
    words = format_date(day, "EEEE d MMMM yyyy") if day else ""
    return words.replace(" 1 ", " 1er ", 1) if chosen_locale() == "fr" else words


def date_in_figures(day: date | datetime | None) -> str:
    """Write a day as tables do: 24/11/2026."""
    return format_date(day, "dd/MM/yyyy") if day else ""


def one_decimal(number: float) -> str:
    """Write a mean: 2,7."""
    return str(format_decimal(number, "0.0"))


def named(row: object) -> str:
    """Return the label of a bilingual row in the request's language."""
    label = getattr(row, f"label_{chosen_locale()}", "") or getattr(row, "label_fr", "")
    return str(label)


def init_i18n(app: Flask) -> None:
    """Give the application its languages."""
    app.config["BABEL_DEFAULT_LOCALE"] = "fr"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Paris"
    babel.init_app(app, locale_selector=chosen_locale)
    # Jinja gives this method to environments with its i18n extension, as init_app has just done.
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(_gettext, _ngettext, newstyle=True)
    app.jinja_env.globals.update(
        get_locale=get_locale, languages=LANGUAGES, translated=translated, named=named
    )
    app.jinja_env.filters.update(
        in_words=date_in_words, in_figures=date_in_figures, one_decimal=one_decimal
    )
