"""The shape of an import: a file, where it comes from, and whether to try first."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import Length, Optional

from talentpool.i18n import _
from talentpool.tabular.importing import LONGEST_SOURCE
from talentpool.web.forms import Form


class ImportForm(Form):
    """A file to import."""

    file = FileField(
        _("Fichier"),
        [FileRequired(_("Choisissez un fichier."))],
        description=_("JSON Lines, CSV ou XLSX avec une ligne d’en-tête ; 10 Mo au plus."),
        render_kw={"accept": ".jsonl,.ndjson,.csv,.txt,.xlsx"},
    )
    source = StringField(
        _("Provenance"),
        [Optional(), Length(max=LONGEST_SOURCE)],
        description=_(
            "Un nom qui reste le même d’un import à l’autre : avec l’identifiant, il évite les "
            "doublons. À défaut, le nom du fichier."
        ),
    )
    dry_run = BooleanField(
        _("Vérifier seulement"),
        description=_("Le rapport est établi, rien n’est enregistré."),
    )
