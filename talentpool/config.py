"""Settings with types, read from the environment: defaults suit production, where secrets are required."""

from decimal import Decimal
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SECRET = "not-a-secret-for-one-machine-only"  # noqa: S105 - production refuses it
SHORTEST_SECRET = 32


class AppProfile(StrEnum):
    """What the process is for: everything strict, or one's own machine over plain http."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"


class Brand(StrEnum):
    """Whose marks the header shows: the State's design system is licensed to State sites only."""

    STATE = "state"
    PLAIN = "plain"


class UnsafeSettings(Exception):
    """Production was asked for with settings that would put people's data at risk."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Every setting of the product; its name in capitals is the environment variable that sets it."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=False)

    app_profile: AppProfile = Field(
        AppProfile.PRODUCTION, description="production, or development for one's own machine"
    )
    secret_key: SecretStr = Field(
        SecretStr(DEFAULT_SECRET),
        description="signs cookies and forms, seals second factors; 32 characters or more",
    )
    database_url: SecretStr = Field(
        SecretStr(f"sqlite:///{ROOT / 'instance' / 'talentpool.db'}"),
        description="where the data is: sqlite:///file or postgresql+psycopg://…",
    )
    host: str = Field("127.0.0.1", description="address that the server listens on")
    port: int = Field(8000, ge=1, le=65535, description="port that the server listens on")
    public_url: str = Field(
        "https://localhost", description="address that people type; mails and redirects use it"
    )
    trusted_hosts: str = Field(
        "", description="host names answered, separated by commas; by default that of PUBLIC_URL"
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="how many proxies in front may set X-Forwarded-*"
    )
    debug: bool = Field(False, description="interactive debugging; never in production")
    session_cookie_secure: bool = Field(True, description="cookies travel over https only")
    session_idle_minutes: int = Field(
        30, ge=1, description="idle time after which one signs in again"
    )
    session_hours: int = Field(12, ge=1, description="longest time signed in")
    sign_in_limit: str = Field(
        "10 per 15 minutes", description="failed sign-ins allowed per address and per account"
    )
    sign_in_limit_overall: str = Field(
        "300 per 15 minutes",
        description="failed sign-ins allowed in all, from browsers not used to sign in before",
    )
    link_limit: str = Field(
        "20 per 15 minutes", description="wrong links from a mail allowed per address"
    )
    rate_limit_storage: str = Field(
        "memory://",
        description="where limits are counted; shared (redis://…) with several processes",
    )
    max_upload_mb: int = Field(10, ge=1, le=100, description="largest file that a form takes")
    threads: int = Field(8, ge=1, le=64, description="requests served at once by the process")
    pool_fte: Decimal = Field(
        Decimal("30.0"),
        ge=0,
        le=10_000,
        decimal_places=2,
        description="cap of the agency's contracts, in full-time equivalents",
    )
    need_reviewers: int = Field(
        1, ge=1, le=3, description="evaluations that a need takes before it is approved"
    )
    assessment_years: int = Field(
        3, ge=1, le=20, description="years after which an assessment of a skill is shown as old"
    )
    application_reviewers: int = Field(
        2, ge=2, le=5, description="evaluations that an application to the pool takes at least"
    )
    application_review_days: int = Field(
        10, ge=1, le=365, description="days that a reviewer has to score an application"
    )
    application_days_submitted: int = Field(
        5, ge=1, le=365, description="days within which an application is given to reviewers"
    )
    application_days_in_review: int = Field(
        21, ge=1, le=365, description="days within which it is scored, and its person answered"
    )
    application_days_interview: int = Field(
        21, ge=1, le=365, description="days within which the interview is held and decided on"
    )
    application_again_days: int = Field(
        180, ge=0, le=3_650, description="days after a no before somebody may apply again"
    )
    application_waiting_days: int = Field(
        180, ge=1, le=3_650, description="days that a place on the waiting list holds by default"
    )
    promised_days_submitted: int = Field(
        5, ge=1, le=365, description="days within which the agency begins to examine a need"
    )
    promised_days_in_review: int = Field(
        21, ge=1, le=365, description="days within which it says yes or no"
    )
    promised_days_complement_asked: int = Field(
        14, ge=1, le=365, description="days within which a ministry brings what was asked for"
    )
    promised_days_approved: int = Field(
        7, ge=1, le=365, description="days within which the agency begins to search"
    )
    promised_days_searching: int = Field(
        45, ge=1, le=365, description="days within which it has found somebody"
    )
    promised_days_partly_filled: int = Field(
        45, ge=1, le=365, description="days within which it has filled the other seats"
    )
    retention_months: int = Field(
        24, ge=1, le=60, description="months without contact after which a person is erased"
    )
    retention_warning_days: int = Field(
        30, ge=7, le=180, description="days before that on which they are told, and may stay"
    )
    refused_months: int = Field(
        3,
        ge=2,
        le=24,
        description="months after a closed application before its person, if not to be kept, is erased",
    )
    contact: str = Field(
        "contact@vivier.example", description="address of the agency, shown to everybody"
    )
    privacy_contact: str = Field(
        "dpo@vivier.example",
        description="address of the data protection officer, shown to everybody",
    )
    mail_server: str = Field(
        "", description="host that takes mails; without one they stay in the outbox"
    )
    mail_port: int = Field(25, ge=1, le=65535, description="port of MAIL_SERVER")
    mail_username: str = Field("", description="name to sign in to MAIL_SERVER with, if it asks")
    mail_password: SecretStr = Field(SecretStr(""), description="the password that goes with it")
    mail_starttls: bool = Field(
        True, description="mails leave encrypted or not at all; off for a relay on this machine"
    )
    mail_sender: str = Field("vivier@localhost", description="address that mails come from")
    brand: Brand = Field(
        Brand.STATE, description="state, or plain for anybody but the French State"
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("database_url")
    @classmethod
    def _names_a_driver(cls, value: SecretStr) -> SecretStr:
        """Take the address that hosting platforms give, and name the driver that we ship."""
        try:
            url = make_url(value.get_secret_value())
        except ArgumentError as error:
            raise ValueError("is not a database address") from error
        if url.drivername in {"postgres", "postgresql"}:
            url = url.set(drivername="postgresql+psycopg")
        return SecretStr(url.render_as_string(hide_password=False))

    @field_validator("mail_sender")
    @classmethod
    def _is_one_address(cls, value: str) -> str:
        """Refuse at the start what every mail would fail with."""
        if "\n" not in value and "\r" not in value:
            sender = SMTP.header_factory("From", value)
            if len(sender.addresses) == 1 and not sender.defects and sender.addresses[0].domain:
                return value
        raise ValueError("is not one mail address")

    @model_validator(mode="after")
    def _relaxes_on_one_s_own_machine(self) -> "Settings":
        """Let plain http work on one's own machine, unless the environment says otherwise."""
        if not self.is_production:
            if "session_cookie_secure" not in self.model_fields_set:
                self.session_cookie_secure = False
            if "public_url" not in self.model_fields_set:
                self.public_url = f"http://{self.host}:{self.port}"
        return self

    @property
    def is_production(self) -> bool:
        """Whether strict rules hold."""
        return self.app_profile is AppProfile.PRODUCTION

    @property
    def hosts(self) -> list[str]:
        """Host names that the application answers to."""
        if self.trusted_hosts:
            return [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]
        public = self.public_url.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
        return [public] if self.is_production else [public, "127.0.0.1", "localhost"]

    @property
    def promised_days(self) -> dict[str, int]:
        """How many days are promised for each status of a need, by the status's code."""
        return self._days("promised_days_")

    @property
    def application_days(self) -> dict[str, int]:
        """How many days are promised for each stage of an application, by the stage's code."""
        return self._days("application_days_")

    def _days(self, prefix: str) -> dict[str, int]:
        names = [name for name in type(self).model_fields if name.startswith(prefix)]
        return {name.removeprefix(prefix): getattr(self, name) for name in names}

    def problems(self) -> list[str]:
        """Say what makes these settings unfit for production, one sentence each."""
        secret = self.secret_key.get_secret_value()
        found = []
        if secret == DEFAULT_SECRET or len(secret) < SHORTEST_SECRET:
            found.append(f"SECRET_KEY must be set, {SHORTEST_SECRET} characters or more.")
        if self.debug:
            found.append("DEBUG must be off.")
        if not self.session_cookie_secure:
            found.append("SESSION_COOKIE_SECURE must be on.")
        if not self.public_url.startswith("https://"):
            found.append("PUBLIC_URL must start with https://.")
        return found

    def shown(self) -> dict[str, str]:
        """Give every setting in force by its variable's name, secrets masked."""
        shown = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name in {"database_url", "rate_limit_storage"}:
                value = _without_password(value)
            elif isinstance(value, SecretStr):
                value = "********"
            shown[name.upper()] = str(value)
        return shown


def _without_password(address: str | SecretStr) -> str:
    """Show where something is, and none of what opens it: neither the password nor the options."""
    secret = address.get_secret_value() if isinstance(address, SecretStr) else address
    parts = urlsplit(secret)
    host = parts.netloc.rpartition("@")[2]
    shown = f"********@{host}" if "@" in parts.netloc else host
    return f"{parts.scheme}://{shown}{parts.path}{'?********' if parts.query else ''}"


def read_settings() -> Settings:
    """Read the settings in force; production ones that are unsafe raise `UnsafeSettings`."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise UnsafeSettings(
            [f"{str(e['loc'][0]).upper()}: {e['msg']}." for e in error.errors()]
        ) from error
    if settings.is_production and (problems := settings.problems()):
        raise UnsafeSettings(problems)
    return settings
