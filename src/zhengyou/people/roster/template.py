"""The blank roster to fill in: headings, lists to choose from, advice."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from zhengyou.people.models import Gender, Organisation, StandingKind
from zhengyou.people.roster.branches import Branches
from zhengyou.people.roster.columns import COLUMNS, PLACE
from zhengyou.people.roster.sheets import Page, workbook

ROWS = 2000  # that offer lists to choose from
LISTS = {
    "gender": [gender.label for gender in Gender],
    "standing": [kind.label for kind in StandingKind],
    "status": ["正常", "停止党籍", "留党察看", "已出党"],
    "lost": ["是", "否"],
    "mobile": ["是", "否"],
}
ADVICE = {
    "name": "必填。只写姓名，不加空格和说明。",
    "id_number": "18 位。这一列已经设成“文本”，从别处粘贴时选“只粘贴值”，号码才不会变样。",
    "born": "1985.07.03、1985年7月3日、19850703 都行；不知道日子可以只写 1985.07。",
    "branch": "导入到党委时必填，写支部名称；导入到一个支部时可以空着。",
    "full": "预备党员不填。",
    "lost_on": "失联党员才填。",
    "destination": "流动党员才填。",
}
NAMES_SHEET = "支部名称"


def write_template(path: Path, body: Organisation) -> None:
    """Write a blank roster for ``body`` to a workbook."""
    with workbook(path, streaming=False) as book:
        page = Page(book, "花名册")
        page.header(COLUMNS)
        for place, column in enumerate(COLUMNS):
            if column.key in ADVICE:
                page.comment(place, ADVICE[column.key])
            if column.key in LISTS:
                _offer(page.sheet, place, LISTS[column.key])
        _write_names(book, page.sheet, Branches(body).names())
        _write_advice(book, body)


def _offer(page: Worksheet, place: int, choices: list[str] | str) -> None:
    page.data_validation(
        1, place, ROWS, place, {"validate": "list", "source": choices, "error_type": "warning"}
    )


def _write_names(book: xlsxwriter.Workbook, page: Worksheet, names: list[str]) -> None:
    """Put the branches' names on a sheet of their own and offer them in 所在党支部."""
    if not names:
        return
    listed = book.add_worksheet(NAMES_SHEET)
    listed.set_column(0, 0, 40)
    for at, name in enumerate(names):
        listed.write_string(at, 0, name)
    _offer(page, PLACE["branch"], f"='{NAMES_SHEET}'!$A$1:$A${len(names)}")


def _write_advice(book: xlsxwriter.Workbook, body: Organisation) -> None:
    page = book.add_worksheet("填写说明")
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 80)
    page.write_string(0, 0, f"{body.name}党员花名册，填写说明", book.add_format({"bold": True}))
    lines: list[tuple[str, str]] = [
        (column.title, ADVICE.get(column.key, _choices(column.key))) for column in COLUMNS
    ]
    for at, (title, advice) in enumerate(lines, start=2):
        page.write_string(at, 0, title)
        page.write_string(at, 1, advice)


def _choices(key: str) -> str:
    return f"填{'、'.join(LISTS[key])}中的一个。" if key in LISTS else "可以空着。"
