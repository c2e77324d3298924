"""The heat map as the page and its drawing take it: bodies in the order of the tree, by their
names of that day, with what is done of what is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from zhengyou.campaigns.models import Campaign
from zhengyou.people.models import Organisation
from zhengyou.people.queries.tree import names_of, placement_on
from zhengyou.work.models import Duty
from zhengyou.work.queries.matrix import Cell, Grid, Row, grid_of

LINES = 50
"""Bodies on a page of the table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A body with its cells, in the order of the duties."""

    uid: UUID
    name: str
    cells: list[Cell]


@dataclass(slots=True)
class MapPage:
    """The table.

    Args:
        heads: duty and the periods looked at; ``total``: of all bodies together.
    """

    heads: list[tuple[Duty, str]]
    total: list[Cell]
    lines: list[Line]
    page: Page[int]
    day: date


def map_page(
    campaign: Campaign, top: Organisation, day: date, which: str, number: str | None
) -> MapPage:
    """Return a page of the bodies within ``top`` with the sums of all of them.

    Args:
        which: a key of ``matrix.CHOICES``; number: of the page, as typed.
    """
    grid, bodies = _bodies(campaign, top, day, which)
    page = Paginator(bodies, LINES).get_page(number)
    heads = [(duty, _periods(grid, duty)) for duty in grid.duties]
    total = [_sum(grid.rows, bodies, duty) for duty in grid.duties]
    return MapPage(heads, total, _lines(grid, day, list(page.object_list)), page, day)


def map_data(campaign: Campaign, top: Organisation, day: date, which: str) -> dict[str, Any]:
    """Return everything within ``top`` for the drawing: of each body the four numbers of each duty,
    one after the other: asked, done, overdue, exempt."""
    grid, bodies = _bodies(campaign, top, day, which)
    return {
        "duties": [{"title": duty.title, "period": _periods(grid, duty)} for duty in grid.duties],
        "bodies": [
            {
                "name": line.name,
                "uid": str(line.uid),
                "cells": [number for cell in line.cells for number in cell],
            }
            for line in _lines(grid, day, bodies)
        ],
    }


SHEET = ("组织", "任务", "哪一期", "要做", "完成", "过期没做", "免做")
SHEET_WIDTHS = (30, 24, 20, 8, 8, 10, 8)


def map_sheet(
    campaign: Campaign, top: Organisation, day: date, which: str
) -> Iterator[list[str | int]]:
    """Yield everything within ``top`` for a workbook: a row for each body and duty that asks
    somebody there, so that it can be filtered; columns as in :data:`SHEET`."""
    grid, bodies = _bodies(campaign, top, day, which)
    for line in _lines(grid, day, bodies):
        for duty, cell in zip(grid.duties, line.cells, strict=True):
            if any(cell):
                numbers = (cell.asked, cell.done, cell.overdue, cell.exempt)
                yield [line.name, duty.title, _periods(grid, duty), *numbers]


def _bodies(campaign: Campaign, top: Organisation, day: date, which: str) -> tuple[Grid, list[int]]:
    grid, place = grid_of(campaign, day, which), placement_on(day, top)
    return grid, grid.within(place.path if place else "")


def _lines(grid: Grid, day: date, bodies: Sequence[int]) -> list[Line]:
    names = names_of(day, bodies)
    uids = dict(Organisation.objects.filter(pk__in=bodies).values_list("pk", "uid"))
    return [
        Line(uids[pk], names.get(pk, ""), [_cell(grid.rows[pk], duty) for duty in grid.duties])
        for pk in bodies
    ]


def _cell(row: Row, duty: Duty) -> Cell:
    return row.get(duty.pk, Cell())


def _sum(rows: dict[int, Row], bodies: Sequence[int], duty: Duty) -> Cell:
    total = Cell()
    for body in bodies:
        cell = rows[body].get(duty.pk)
        if cell is not None:
            total = total + cell
    return total


def _periods(grid: Grid, duty: Duty) -> str:
    names = list(dict.fromkeys(grid.periods.get(duty.pk, [])))
    return names[0] if len(names) == 1 else ("各自的周期" if names else "还没开始")
