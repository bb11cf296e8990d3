"""Why a CV was refused and what to do, in words."""

from talentpool.cv.limits import LIMITS, Refusal
from talentpool.i18n import _, translated

_SENTENCES = {
    Refusal.EMPTY: _("Ce fichier est vide : choisissez-en un autre."),
    Refusal.TOO_HEAVY: _(
        "Ce fichier dépasse %(limit)d Mo : enregistrez votre CV sans ses images, ou en PDF allégé."
    ),
    Refusal.IMAGE: _(
        "Ce fichier est une image, quel que soit son nom : le texte d’une image ne peut pas être lu. "
        "Envoyez le document dont elle vient, en PDF, DOCX ou ODT."
    ),
    Refusal.OLD_WORD: _(
        "Ce fichier est un ancien document Word (.doc), ou un document protégé par un mot de passe : "
        "enregistrez-le en .docx ou en PDF, sans mot de passe."
    ),
    Refusal.OTHER_KIND: _(
        "Ce fichier n’est pas d’un format que nous lisons : enregistrez votre CV en PDF, DOCX ou ODT, "
        "ou exportez-le en JSON Resume ou en Europass XML."
    ),
    Refusal.OTHER_OFFICE: _(
        "Ce fichier est un classeur, une présentation ou un modèle : enregistrez votre CV comme un texte, "
        "en DOCX, en ODT ou en PDF."
    ),
    Refusal.TWO_IN_ONE: _(
        "Ce fichier en cache un autre : ouvrez votre CV, enregistrez-le de nouveau en PDF, et envoyez "
        "ce nouveau fichier."
    ),
    Refusal.MACROS: _(
        "Ce document contient des macros, qui sont des programmes : enregistrez-le en .docx ou en PDF, "
        "sans macro."
    ),
    Refusal.ENCRYPTED: _(
        "Ce fichier est protégé par un mot de passe : enregistrez-en une copie sans protection."
    ),
    Refusal.TOO_MANY_PAGES: _(
        "Ce PDF compte plus de %(pages)d pages : envoyez votre CV seul, sans dossier ni annexes."
    ),
    Refusal.TOO_MANY_MEMBERS: _(
        "Ce document est fait de trop de morceaux pour un CV : enregistrez-le de nouveau en PDF."
    ),
    Refusal.BOMB: _(
        "Ce document grossit démesurément quand on l’ouvre : enregistrez-le de nouveau en PDF."
    ),
    Refusal.ENTITIES: _(
        "Ce fichier XML déclare un type de document ou des entités, que nous refusons : "
        "exportez de nouveau votre CV depuis Europass, ou enregistrez-le en PDF."
    ),
    Refusal.BROKEN: _(
        "Ce fichier est abîmé ou incomplet : ouvrez votre CV et enregistrez-le de nouveau, en PDF si possible."
    ),
    Refusal.NO_TEXT: _(
        "Ce fichier ne contient pas de texte : c’est sans doute un document numérisé. "
        "Envoyez le document d’origine, ou écrivez votre profil à la main."
    ),
    Refusal.NOT_A_CV: _(
        "Ce fichier JSON ou XML n’est pas un CV au format JSON Resume ou Europass : "
        "vérifiez l’export, ou envoyez votre CV en PDF."
    ),
    Refusal.TOO_LONG: _(
        "La lecture de ce fichier a pris trop de temps ou de mémoire, et a été arrêtée : "
        "enregistrez votre CV de nouveau, en PDF simple."
    ),
    Refusal.BUSY: _("Plusieurs CV sont en cours de lecture : réessayez dans une minute."),
}


def sentence(refusal: Refusal, most_mb: int) -> str:
    """Say why a file was refused and what to do, in the request's language."""
    return translated(_SENTENCES[refusal], limit=most_mb, pages=LIMITS.pages)
