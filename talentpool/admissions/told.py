"""What is told of applications: to whoever applied, to reviewers, to whoever leads."""

from talentpool.admissions.stages import Move
from talentpool.i18n import _
from talentpool.notifications.kinds import Group, register

RECEIVED = "application.received"
ASKED = "application.screening_asked"
OPENED = "application.opened"
RELEASED = "application.screening_released"
INVITED = "application.interview_own"
INTERVIEW = "application.interview_panel"
LOOK_ASKED, LOOK_ANSWERED = "application.look_asked", "application.look_answered"
LATE_REVIEWER = "application.late_reviewer"
LATE_AGENCY, LATE_PERSON = "application.late_agency", "application.late_person"
PLACE_OVER, PLACE_MOVED = "application.place_over", "application.place_moved"
#: What each move tells, of those that the other side has not heard otherwise.
MOVED = {
    move: f"application.moved_{move.value}"
    for move in (
        Move.SUBMIT,
        Move.WITHDRAW,
        Move.ADMIT,
        Move.WAIT,
        Move.DECLINE,
        Move.LAPSE,
    )
}


def _say(kind: str, subject: str, sentence: str) -> None:
    register(kind, subject=subject, sentence=sentence, group=Group.APPLICATIONS)


_say(
    RECEIVED,
    _("Rien à faire : votre candidature au vivier est reçue"),
    _(
        "L’agence a reçu votre candidature au vivier. Votre dossier va être lu sans votre nom, par "
        "chaque personne de son côté ; votre page dit où elle en est et à quelle date attendre la suite."
    ),
)
_say(
    MOVED[Move.SUBMIT],
    _("À confier : nouvelle candidature %(code)s"),
    _("La candidature %(code)s vient d’être déposée. Confiez ses lectures."),
)
_say(
    MOVED[Move.WITHDRAW],
    _("À arrêter : la candidature %(code)s est retirée"),
    _("La candidature %(code)s est retirée par la personne : son dossier ne se lit plus."),
)
_say(
    MOVED[Move.ADMIT],
    _("Bonne nouvelle : vous êtes au vivier"),
    _(
        "L’agence vous admet au vivier : votre profil est désormais classé pour les postes des "
        "ministères. Tenez vos dates à jour. %(words)s"
    ),
)
_say(
    MOVED[Move.WAIT],
    _("Réponse à votre candidature : liste d’attente jusqu’au %(until)s"),
    _(
        "Votre candidature est sur la liste d’attente du vivier jusqu’au %(until)s : l’agence "
        "peut vous admettre d’ici là. %(words)s"
    ),
)
_say(
    MOVED[Move.DECLINE],
    _("Réponse de l’agence à votre candidature au vivier"),
    _(
        "L’agence ne retient pas votre candidature au vivier (raison : %(reason)s). %(words)s "
        "Votre page dit comment demander qu’une personne la réexamine, et quand vous pourrez "
        "candidater de nouveau."
    ),
)
_say(
    MOVED[Move.LAPSE],
    _("À décider : votre place en liste d’attente est échue"),
    _(
        "Votre place sur la liste d’attente du vivier est arrivée à son terme sans qu’une place "
        "se libère. Ce n’est pas un refus : vous pouvez candidater de nouveau dès maintenant. "
        "%(words)s"
    ),
)
_say(
    PLACE_OVER,
    _("À décider : la place de %(code)s en liste d’attente était gardée jusqu’au %(until)s"),
    _(
        "La place de la candidature %(code)s en liste d’attente était gardée jusqu’au %(until)s. "
        "Admettez la personne, gardez sa place plus longtemps, ou mettez-y fin : rien ne se décide "
        "sans vous."
    ),
)
_say(
    PLACE_MOVED,
    _("À noter : votre place en liste d’attente est gardée jusqu’au %(until)s"),
    _(
        "L’agence garde votre place sur la liste d’attente du vivier jusqu’au %(until)s. Vous "
        "n’avez rien à faire ; vous pouvez retirer votre candidature quand vous voulez."
    ),
)
_say(
    ASKED,
    _("À évaluer avant le %(limit)s : la candidature %(code)s"),
    _(
        "On vous confie l’évaluation de la candidature %(code)s. Rendez-la avant le %(limit)s, "
        "sans en parler aux autres personnes qui l’évaluent, ou dites que vous ne pouvez pas en "
        "juger."
    ),
)
_say(
    RELEASED,
    _("Rien à faire : votre évaluation de %(code)s n’est plus attendue"),
    _(
        "L’agence n’attend plus votre évaluation de la candidature %(code)s, pour que la personne "
        "ait sa réponse. Ce que vous en aviez écrit est effacé."
    ),
)
_say(
    OPENED,
    _("À décider : les évaluations de %(code)s sont rendues"),
    _(
        "Toutes les évaluations de la candidature %(code)s sont rendues : lisez-les côte à côte, "
        "puis invitez la personne ou répondez-lui."
    ),
)
_say(
    INVITED,
    _("À noter : entretien avec l’agence le %(day)s"),
    _(
        "L’agence vous invite à un entretien le %(day)s à %(hour)s. Lieu ou lien : %(place)s. "
        "Si ce moment ne convient pas, votre page dit à qui écrire."
    ),
)
_say(
    INTERVIEW,
    _("À noter : entretien de la candidature %(code)s le %(day)s"),
    _(
        "Vous êtes du jury de la candidature %(code)s, le %(day)s à %(hour)s. Lieu ou lien : "
        "%(place)s."
    ),
)
_say(
    LOOK_ASKED,
    _("À réexaminer : la candidature %(code)s"),
    _(
        "La personne de la candidature %(code)s demande qu’on réexamine le refus. Relisez le "
        "dossier, puis reprenez l’examen ou confirmez, avec une réponse."
    ),
)
_say(
    LOOK_ANSWERED,
    _("Réponse à votre demande de réexamen"),
    _("L’agence répond à votre demande de réexamen : « %(words)s »"),
)
_say(
    LATE_REVIEWER,
    _("En retard : l’évaluation de %(code)s, promise le %(limit)s"),
    _(
        "L’évaluation de la candidature %(code)s était promise pour le %(limit)s. Une personne "
        "attend cette réponse : rendez-la, ou dites que vous ne pouvez pas en juger."
    ),
)
_say(
    LATE_AGENCY,
    _("En retard : la candidature %(code)s, promise le %(limit)s"),
    _(
        "La suite de la candidature %(code)s était promise pour le %(limit)s. Voyez ce qui la "
        "retient ; la personne sait que nous sommes en retard."
    ),
)
_say(
    LATE_PERSON,
    _("Rien à faire : nous sommes en retard sur votre candidature"),
    _(
        "Nous vous avions promis la suite de votre candidature pour le %(limit)s, et nous n’y "
        "sommes pas encore. L’équipe qui la suit le sait."
    ),
)
