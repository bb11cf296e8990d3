"""Templates: undefined variables are errors, and the few names that every page may use."""

from flask import Flask, request, session
from jinja2 import StrictUndefined

from talentpool.config import Settings
from talentpool.i18n import _

PRODUCT_NAME = _("Vivier du numérique")
THEMES = ("light", "dark", "system")


def display_theme() -> str:
    """Return the appearance that the visitor chose: light, dark, or as their system has it."""
    theme = session.get("theme")
    return theme if theme in THEMES else "system"


def own_path() -> str:
    """Return the current address without the host, to come back to after a detour."""
    return request.full_path.rstrip("?")


def init_jinja(app: Flask, settings: Settings) -> None:
    """Set the template engine up."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        product_name=PRODUCT_NAME,
        brand=settings.brand.value,
        display_theme=display_theme,
        own_path=own_path,
    )
