"""The interministerial pool of digital talents, run like an agency."""

from talentpool.accounts.session import init_session
from talentpool.config import ROOT, Settings, read_settings
from talentpool.db import init_db
from talentpool.features import BLUEPRINTS, SLOTS
from talentpool.i18n import init_i18n
from talentpool.mail.background import init_mail
from talentpool.notifications.header import init_notifications
from talentpool.pages.navigation import navigation
from talentpool.web.assets import init_assets
from talentpool.web.errors import init_errors
from talentpool.web.jinja import init_jinja
from talentpool.web.logs import init_logs
from talentpool.web.pipeline import Application, init_pipeline, seal
from talentpool.web.security import init_security
from talentpool.web.slots import init_slots


def create_app(settings: Settings | None = None) -> Application:
    """Build the application: settings, plumbing, features, then the seal on every endpoint."""
    settings = settings or read_settings()
    app = Application(__name__, template_folder=str(ROOT / "templates"))
    app.debug = settings.debug
    app.config.update(
        SIGN_IN_LIMIT=settings.sign_in_limit,
        SIGN_IN_LIMIT_OVERALL=settings.sign_in_limit_overall,
        LINK_LIMIT=settings.link_limit,
        POOL_FTE=settings.pool_fte,
        NEED_REVIEWERS=settings.need_reviewers,
        ASSESSMENT_YEARS=settings.assessment_years,
        PROMISED_DAYS=settings.promised_days,
        APPLICATION_REVIEWERS=settings.application_reviewers,
        APPLICATION_REVIEW_DAYS=settings.application_review_days,
        APPLICATION_DAYS=settings.application_days,
        APPLICATION_AGAIN_DAYS=settings.application_again_days,
        APPLICATION_WAITING_DAYS=settings.application_waiting_days,
        RETENTION_MONTHS=settings.retention_months,
        RETENTION_WARNING_DAYS=settings.retention_warning_days,
        REFUSED_MONTHS=settings.refused_months,
        CONTACT=settings.contact,
        PRIVACY_CONTACT=settings.privacy_contact,
    )
    init_logs(app, settings)
    init_jinja(app, settings)
    init_i18n(app)
    init_db(app, settings)
    init_security(app, settings)
    init_session(app, settings)
    init_mail(app, settings)
    init_notifications(app, settings)
    init_assets(app)
    init_slots(app, SLOTS)
    init_pipeline(app)
    init_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.globals["navigation"] = navigation
    seal(app)
    return app
