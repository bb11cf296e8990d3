"""Writing a mail from the two templates of its folder: in French, since addresses have no language."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale


@dataclass(frozen=True)
class Email:
    """A subject, and a text that says everything by itself."""

    subject: str
    text: str


def written(folder: str, **context: object) -> Email:
    """Fill the subject and the body of a folder of templates; both know the `site`'s address."""
    site = current_app.config["PUBLIC_URL"]
    with force_locale("fr"):
        subject, text = (
            current_app.jinja_env.get_template(f"{folder}/{name}").render(site=site, **context)
            for name in ("subject.txt", "body.txt")
        )
    return Email(subject, text)
