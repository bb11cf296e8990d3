"""Where the pages of one profile are: the person's own addresses, or the agency's for the same steps."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from talentpool.talents.models import Experience, Talent
from talentpool.talents.step_table import STEPS

#: The argument of addresses in which a profile is written from one step to the next.
FROM_STEP_TO_STEP = "suite"


@dataclass(frozen=True)
class ProfilePages:
    """The addresses of a profile's pages, for whoever writes it; `talent` is None until it is created."""

    talent: Talent | None
    is_staff: bool

    @property
    def is_new(self) -> bool:
        """Whether the profile is being written from one step to the next."""
        return self.talent is None or FROM_STEP_TO_STEP in request.args

    @property
    def home(self) -> str:
        """The profile's page."""
        if self.is_staff and self.talent is not None:
            return url_for("talents.show", talent_id=self.talent.id)
        return url_for("talents.own_profile")

    @property
    def changes(self) -> dict[str, str]:
        """Where each part is changed, by the code of its step."""
        return {step.code: self._url("step", step=step.code) for step in STEPS}

    def part(self, code: str) -> str:
        """Return where one part is shown."""
        return f"{self.home}#{code}"

    def step(self, code: str) -> str:
        """Return where a step is written, on the way from one to the next if that is how one came."""
        return self._url("step", step=code, **self._way())

    def experience(self, experience: Experience | None = None) -> str:
        """Return where an experience is written, or another one told."""
        if experience is None:
            return self._url("add_experience", **self._way())
        return self._url("experience", experience_id=experience.id, **self._way())

    def removal(self, experience: Experience) -> str:
        """Return where an experience is taken out of the profile."""
        return self._url("remove_experience", experience_id=experience.id, **self._way())

    def _way(self) -> dict[str, str]:
        return {FROM_STEP_TO_STEP: "1"} if self.is_new and not self.is_staff else {}

    def _url(self, page: str, **values: Any) -> str:
        if self.is_staff and self.talent is not None:
            return url_for(f"talents.{page}", talent_id=self.talent.id, **values)
        return url_for(f"talents.own_{page}", **values)
