"""What was done, in words: the journal keeps codes, which outlive wordings."""

from talentpool.i18n import _

ACTIONS = {
    "account.created": _("compte ouvert"),
    "account.edited": _("compte modifié"),
    "account.password_changed": _("mot de passe changé"),
    "account.password_reset": _("mot de passe provisoire donné"),
    "account.signed_in": _("connexion"),
    "account.signed_out": _("déconnexion"),
    "job_family.edited": _("famille de métiers modifiée"),
    "match.brought_back": _("personne ramenée dans la liste"),
    "match.set_aside": _("personne mise de côté"),
    "match.shortlisted": _("personne présélectionnée"),
    "match.undone": _("décision annulée"),
    "need.approved": _("besoin retenu"),
    "need.closed": _("besoin clos"),
    "need.created": _("besoin saisi"),
    "need.edited": _("besoin modifié"),
    "need.reopened": _("besoin rouvert"),
    "need.submitted": _("besoin déposé"),
    "needs.imported": _("besoins importés"),
    "organisation.created": _("organisation ajoutée"),
    "organisation.edited": _("organisation modifiée"),
    "organisation.member_added": _("membre rattaché"),
    "organisation.member_removed": _("membre détaché"),
    "organisation.renamed": _("organisation renommée"),
    "organisations.loaded": _("organisations chargées"),
    "profiles.imported": _("profils importés"),
    "seat.added": _("poste ajouté"),
    "seat.closed": _("poste clos"),
    "seat.edited": _("poste modifié"),
    "seat.removed": _("poste retiré"),
    "skill.edited": _("compétence modifiée"),
    "skills.loaded": _("référentiel chargé"),
    "talent.created": _("profil saisi"),
    "talent.edited": _("profil modifié"),
    "talents.ranked": _("vivier classé"),
}


def action_label(action: str) -> str:
    """Return what an action is called, marked for translation; its code when it has no name."""
    return ACTIONS.get(action, action)
