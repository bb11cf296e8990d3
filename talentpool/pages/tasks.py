"""One thing that is expected of somebody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """Something to do: `text` with its `params`, and the address where it is done."""

    text: str
    url: str
    params: dict[str, object]
