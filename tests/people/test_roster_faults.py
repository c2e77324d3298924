"""The error workbook: where everything stood, marked, and ready to be mended and sent again."""

from datetime import date

import openpyxl
import pytest
from tests.people.roster_books import HEADER, book, keeper, line, messy, office, sheets, uploaded

from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import roster as verbs
from zhengyou.people.roster import store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
RED, AMBER = "FFF6C8C2", "FFFBE7B8"


def faults(actor, roster, tmp_path):
    path = tmp_path / "faults.xlsx"
    verbs.write_faults(actor, roster, path)
    return openpyxl.load_workbook(path)


def colour(cell) -> str:
    return cell.fill.fgColor.rgb if cell.fill.fill_type else ""


def test_wrong_cells_are_red_where_they_stood_and_say_why(cast, tmp_path):
    roster = uploaded(office(cast), cast.bureau, messy())
    made = faults(office(cast), roster, tmp_path)
    assert made.sheetnames == ["名册", "全部问题"]
    page = made["名册"]
    assert page["A1"].value == "澜阳县教育系统党员花名册"
    assert page["B3"].value == "姓　名"
    assert page["L3"].value == "问题"
    assert colour(page["C6"]) == RED
    assert "17位" in page["C6"].comment.text
    assert "17位" in page["L6"].value
    assert colour(page["C4"]) == ""
    assert page["L4"].value is None


def test_merged_cells_are_spelled_out_so_that_the_rows_can_be_sent_again(cast, tmp_path):
    page = faults(office(cast), uploaded(office(cast), cast.bureau, messy()), tmp_path)["名册"]
    assert [page[f"G{row}"].value for row in (4, 5, 6)] == ["育新小学党支部"] * 3


def test_a_number_that_lost_digits_is_shown_as_a_text_with_what_is_left(cast, tmp_path):
    page = faults(office(cast), uploaded(office(cast), cast.bureau, messy()), tmp_path)["名册"]
    assert page["C5"].data_type == "s"
    assert page["C5"].value.startswith("33099919800103")


def test_what_is_only_odd_is_amber(cast, tmp_path):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1, 转正日期="2005.12")]))
    page = faults(keeper(cast), roster, tmp_path)["名册"]
    assert colour(page["H2"]) == AMBER


def test_dates_stay_dates_and_numbers_numbers(cast, tmp_path):
    rows = [
        ["姓名", "出生日期", "入党日期"],
        ["钱1", date(1980, 1, 2), 200507],
        ["李2", date(2099, 1, 1), 9],
    ]
    roster = uploaded(keeper(cast), cast.branch, sheets({"名册": rows}))
    page = faults(keeper(cast), roster, tmp_path)["名册"]
    assert page["B2"].value.date() == date(1980, 1, 2)
    assert page["C2"].value == 200507
    assert (page["B3"].value.date(), colour(page["B3"])) == (date(2099, 1, 1), RED)
    assert page["B3"].number_format == "yyyy-mm-dd"


def test_all_faults_are_listed_on_a_sheet_of_their_own(cast, tmp_path):
    roster = uploaded(office(cast), cast.bureau, messy())
    rows = list(faults(office(cast), roster, tmp_path)["全部问题"].iter_rows(values_only=True))
    assert rows[0] == ("工作表", "位置", "列", "写的是", "问题", "怎么改", "要不要改")
    assert len(rows) - 1 == roster.count("errors") + roster.count("hints")
    assert {row[-1] for row in rows[1:]} == {"必须改", "请核对"}


def test_mended_and_sent_again_it_is_faultless(cast, tmp_path):
    roster = uploaded(keeper(cast), cast.branch, book([line("李四3", 1), line("孙知秋", 2)]))
    made = faults(keeper(cast), roster, tmp_path)
    made["名册"]["A2"].value = "李四"
    made.save(tmp_path / "mended.xlsx")
    again = uploaded(keeper(cast), cast.branch, (tmp_path / "mended.xlsx").read_bytes())
    assert (again.count("errors"), again.count("add")) == (0, 2)
    assert again.summary["tables"][0]["unknown"] == [], "our own column is no stranger"


def test_sent_again_with_faults_there_is_still_one_column_of_them(cast, tmp_path):
    roster = uploaded(keeper(cast), cast.branch, book([line("李四3", 1)]))
    faults(keeper(cast), roster, tmp_path)
    again = uploaded(keeper(cast), cast.branch, (tmp_path / "faults.xlsx").read_bytes())
    page = faults(keeper(cast), again, tmp_path)["名册"]
    assert [cell.value for cell in page[1]] == [*HEADER, "问题"]


def test_a_text_that_looks_like_a_formula_is_none(cast, tmp_path):
    text = ",".join(HEADER) + "\n=1+1" + "," * (len(HEADER) - 1)
    roster = uploaded(keeper(cast), cast.branch, text.encode(), "名册.csv")
    cell = faults(keeper(cast), roster, tmp_path)["名册"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_when_the_file_is_gone_that_is_said(cast, tmp_path):
    roster = uploaded(keeper(cast), cast.branch, book([line("李四3", 1)]))
    store.remove(roster.uid)
    with pytest.raises(Refused, match="重新上传"):
        verbs.write_faults(keeper(cast), roster, tmp_path / "x.xlsx")


def test_next_door_gets_no_error_workbook(cast, tmp_path):
    roster = uploaded(keeper(cast), cast.branch, book([line("李四3", 1)]))
    from zhengyou.people.actor import acting_as
    from zhengyou.people.models import Role

    with pytest.raises(Refused):
        verbs.write_faults(acting_as(cast.wen, Role.SECRETARY), roster, tmp_path / "x.xlsx")
