"""The shape of an import: a file, where it comes from, and whether to try first."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from talentpool.i18n import _
from talentpool.tabular.importing import LONGEST_SOURCE
from talentpool.web.forms import REQUIRED, Form


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
        [DataRequired(REQUIRED), Length(max=LONGEST_SOURCE)],
        description=_(
            "D’où vient le fichier, sous un nom qui reste le même d’un import à l’autre. Il évite "
            "les doublons, et distingue deux personnes ou deux besoins qui portent le même "
            "identifiant dans deux fichiers. Chaque ligne peut aussi donner la sienne."
        ),
    )
    dry_run = BooleanField(
        _("Vérifier seulement"),
        description=_("Le rapport est établi, rien n’est enregistré."),
    )
