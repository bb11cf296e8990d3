"""The kinds of organisations that the State distinguishes."""

from enum import StrEnum

from talentpool.i18n import _


class OrganisationKind(StrEnum):
    """What sort of body an organisation is."""

    MINISTRY = "ministry"
    CENTRAL = "central"
    DECONCENTRATED = "deconcentrated"
    OPERATOR = "operator"
    SOCIAL_SECURITY = "social_security"
    LOCAL = "local"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as people say it, marked for translation."""
        return KIND_LABELS[self]


KIND_LABELS = {
    OrganisationKind.MINISTRY: _("Ministère"),
    OrganisationKind.CENTRAL: _("Administration centrale"),
    OrganisationKind.DECONCENTRATED: _("Service déconcentré"),
    OrganisationKind.OPERATOR: _("Opérateur"),
    OrganisationKind.SOCIAL_SECURITY: _("Sécurité sociale"),
    OrganisationKind.LOCAL: _("Collectivité territoriale"),
    OrganisationKind.OTHER: _("Autre"),
}
