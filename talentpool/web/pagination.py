"""Lists in pages: always ordered, always bounded, with an address for every page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func, select

from talentpool.db import db

Row = TypeVar("Row")
PER_PAGE = 25


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list, and how many there are."""

    rows: list[Row]
    total: int
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """The number of pages, 1 for an empty list."""
        return max(1, -(-self.total // self.per_page))

    def url_for_page(self, page: int) -> str:
        """Return the address of another page of this list, filters kept."""
        values: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict()}
        values.pop("page", None)
        if page > 1:
            values["page"] = page
        return url_for(request.endpoint or "", **values)


def page_of(
    numbers: list[int], read: Callable[[list[int]], list[Row]], *, per_page: int = PER_PAGE
) -> Page[Row]:
    """Read the page that the request asks for of rows whose numbers are known; the nearest one."""
    asked = request.args.get("page", 1, type=int)
    page = min(max(asked, 1), max(1, -(-len(numbers) // per_page)))
    rows = read(numbers[(page - 1) * per_page : page * per_page])
    return Page(rows=rows, total=len(numbers), page=page, per_page=per_page)


def paged(chosen: Select[Row], *, per_page: int = PER_PAGE) -> Page[Row]:
    """Read the page of `chosen` that the request asks for; out of range, the nearest one."""
    total = (
        db.session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    )
    asked = request.args.get("page", 1, type=int)
    page = min(max(asked, 1), max(1, -(-total // per_page)))
    rows = db.session.scalars(chosen.limit(per_page).offset((page - 1) * per_page)).unique()
    return Page(rows=list(rows), total=total, page=page, per_page=per_page)
