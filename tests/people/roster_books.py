"""Rosters for tests: workbooks made on the spot, and imports that have come so far."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from tests.cast import Cast, id_number

from zhengyou.kernel import identity
from zhengyou.people.actions import roster as verbs
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import (
    Choice,
    ImportState,
    Organisation,
    Person,
    Role,
    RosterFinding,
    RosterImport,
)
from zhengyou.people.roster import store

HEADER = (
    "姓名",
    "公民身份号码",
    "性别",
    "出生日期",
    "人员类别",
    "所在党支部",
    "入党日期",
    "转正日期",
    "手机号码",
)
ORDER = 500  # invented ID numbers start here, so that none is one of the cast's


def number(born: date, order: int) -> str:
    """Return an invented ID number that nobody in the cast has."""
    return id_number(born, ORDER + order)


def line(name: str, order: int, **changes: Any) -> dict[str, Any]:
    """Return a faultless row of a roster: a full member of 育新小学党支部.

    Args:
        order: makes numbers unique; even for women.
        changes: cells by heading instead of the usual ones.
    """
    born = date(1980, 1, 1 + order % 28)
    usual = {
        "姓名": name,
        "公民身份号码": number(born, order),
        "性别": "男" if (ORDER + order) % 2 else "女",
        "出生日期": f"{born:%Y.%m.%d}",
        "人员类别": "正式党员",
        "所在党支部": "育新小学党支部",
        "入党日期": "2005.07",
        "转正日期": "2006.07",
        "手机号码": f"138{order:08d}",
    }
    return usual | changes


def book(
    lines: Sequence[Mapping[str, Any]],
    *,
    header: Sequence[str] = HEADER,
    title: str = "",
    sheet: str = "名册",
) -> bytes:
    """Return a workbook with a header and one row for each of ``lines``."""
    rows: list[Sequence[Any]] = [[title]] if title else []
    rows.append(header)
    rows += [[one.get(heading, "") for heading in header] for one in lines]
    return sheets({sheet: rows})


def sheets(contents: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook of several sheets of plain cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in contents.items():
            page = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, date):
                        page.write_datetime(at, place, cell, day)  # type: ignore[arg-type]
                    elif cell != "":
                        page.write(at, place, cell)
    return out.getvalue()


def uploaded(
    actor: Actor, body: Organisation, content: bytes, name: str = "名册.xlsx", **more: Any
) -> RosterImport:
    """Return an import that the worker has checked."""
    roster = verbs.upload(actor, body, [content], name, **more)
    roster.refresh_from_db()
    return roster


def confirmed(actor: Actor, roster: RosterImport) -> RosterImport:
    """Confirm an import and let the worker write it."""
    verbs.confirm(actor, roster)
    roster.refresh_from_db()
    return roster


def keeper(cast: Cast) -> Actor:
    """Return the secretary of 育新小学党支部."""
    return acting_as(cast.shen, Role.SECRETARY)


def office(cast: Cast) -> Actor:
    """Return the campaign office of the bureau, above all its branches."""
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


def said(roster: RosterImport) -> Iterator[tuple[str, str, bool]]:
    """Yield (cell, problem, is an error) of each finding."""
    for one in RosterFinding.objects.filter(roster=roster):
        yield one.cell, one.problem, one.is_error


def row_of(person: Person, **changes: Any) -> dict[str, Any]:
    """Return the row that names a known person by ID number and says nothing but the changes."""
    known = {"姓名": person.name, "公民身份号码": identity.unseal(person.id_sealed)}
    return known | changes


def update(
    cast: Cast,
    person: Person,
    header: Sequence[str] = HEADER,
    actor: Actor | None = None,
    body: Organisation | None = None,
    **changes: Any,
) -> RosterImport:
    """Import one row that changes something of a person."""
    actor, body = actor or keeper(cast), body or cast.branch
    roster = uploaded(actor, body, book([row_of(person, **changes)], header=header))
    roster.matches.filter(choice=Choice.OPEN).update(choice=Choice.UPDATE)
    confirmed(actor, roster)
    assert roster.state == ImportState.CONFIRMED, roster.reason
    person.refresh_from_db()
    return roster


def files() -> list[str]:
    """Return the names of the uploaded files that are kept."""
    return sorted(path.name for path in store.folder().iterdir())


def messy() -> bytes:
    """Return a workbook with one of nearly every fault that rosters have, as they come in."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet("名册")
        middle = made.add_format({"align": "center", "valign": "vcenter"})
        page.merge_range("A1:K1", "澜阳县教育系统党员花名册", middle)
        page.write("A2", "填报单位：澜阳县教育局党委")
        headings = ("序号", "姓　名", "身份证号码", "性别", "出生年月", "党员类别", "所在支部",
                    "入党时间", "转正时间", "联系电话", "奖惩情况")  # fmt: skip
        page.write_row("A3", headings)
        page.merge_range("G4:G6", "育新小学党支部", middle)
        for at, cells in enumerate(_messy_rows(headings), start=3):
            for place, cell in enumerate(cells):
                if cell != "":
                    page.write(at, place, cell)
    return out.getvalue()


def _messy_rows(headings: Sequence[str]) -> list[list[Any]]:
    """Return the rows below the header, one text a row, cells parted by bars; # is a number."""
    lines = f"""
1|钱　小满|{number(date(1980, 1, 2), 1)}|男|1980年1月|正式党员||#200507|2006.7|１３８０００００００１ |
2|孙知秋|#330999198001030024|女|1980.01.03|正式党员||2005.07|2004.07|13800000002|
3|李四3|33099919800104004|女|1980.1.4|党员||2005.13||1380000000|优秀
||||||||||
4|周　航|{number(date(1980, 1, 6), 6)}|男|1981年1月6日|预备党员|南湖小学支部|2025.12|2026.1|13800000006|
{"|".join(headings)}
5|吴越|{number(date(1980, 1, 8), 8)}|男|1980.01.08|正式|南胡小学党支部|2008.06|2009.06|13800000008|
6|吴越|{number(date(1980, 1, 8), 8)}|男|1980.01.08|正式|南湖小学党支部|2008.06|2009.06|13800000008|
7||{number(date(1980, 1, 9), 9)}|女||积极|南湖小学党支部|||0571-87654321|
8|郑一鸣||男|2099.01.01|群众|||||
合计|||||||||8人|
填表人：苏映雪|||||||2026年10月16日|||
"""  # noqa: E501
    rows = [line.split("|") for line in lines.strip("\n").split("\n")]
    return [[float(cell[1:]) if cell.startswith("#") else cell for cell in row] for row in rows]
