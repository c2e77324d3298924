"""Open data: what the pages say, as tables, and nothing more."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.portal.test_talk import said, say

from zhengyou.campaigns.models import CampaignState, NameStyle
from zhengyou.pledges import words
from zhengyou.pledges.models import PledgeItem
from zhengyou.pledges.queries import tally
from zhengyou.portal import opendata, streams
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.models import HoldReason, Remark

__all__ = ["said"]


def get(scene, table: str, form: str):
    answer = Client().get(reverse("portal:data_file", args=[scene.campaign.uid, table, form]))
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)


def rows(scene, table: str) -> list[dict[str, str]]:
    _, raw = get(scene, table, "csv")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def objects(scene, table: str) -> list[dict]:
    _, raw = get(scene, table, "json")
    return json.loads(raw)["rows"]


def test_both_forms_say_the_same_as_the_wall(scene) -> None:
    table, found = rows(scene, "pledges"), objects(scene, "pledges")
    numbers = tally(scene.campaign)
    assert len(table) == len(found) == numbers.total == 5
    assert sum(row["状态"] == words.REACHED for row in table) == numbers.done == 1
    assert [row["编号"] for row in table] == [row["id"] for row in found]
    one = next(row for row in found if "看护" in row["text"])
    assert (one["baseline"], one["now"], one["target"], one["unit"]) == (0, 12, 30, "天")
    assert (one["due_on"], one["noted_on"]) == ("2026-10-31", "2026-10-20")
    assert one["url"].startswith("/pledges/") and one["entered_for"] is False


def test_what_excel_needs(scene) -> None:
    answer, raw = get(scene, "pledges", "csv")
    assert raw.startswith("\ufeff编号,承诺编号,单位".encode())
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="pledges-20261110.csv"'
    assert answer["Cache-Control"] == "public, no-cache"


def test_what_is_withdrawn_is_gone_at_once(scene, said) -> None:
    """Stores in between ask each time; while nothing has happened they may give the old file."""
    address = reverse("portal:data_file", args=[scene.campaign.uid, "remarks", "csv"])
    answer, raw = get(scene, "remarks", "csv")
    assert "剩饭称了没有？" in raw.decode()
    again = {"headers": {"If-None-Match": answer["ETag"]}}
    same = Client().get(address, **again)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", answer["ETag"])
    other = Remark.objects.get(text="剩饭称了没有？")
    moderating.hold(scene.secretary, [other], HoldReason.values[0])
    fresh = Client().get(address, **again)
    assert fresh.status_code == 200
    assert "剩饭称了没有？" not in b"".join(fresh.streaming_content).decode()


def test_never_what_is_not_public(scene, said) -> None:
    scene.campaign.wall_names = NameStyle.HIDDEN
    scene.campaign.save()
    for table in opendata.TABLES:
        for form in ("csv", "json"):
            text = get(scene, table, form)[1].decode()
            for hidden in ("方晓岚", "魏长青", "宋知行的共性承诺", "骂人", "刚写的"):
                assert hidden not in text, (table, hidden)
            names = {"pledges": ("一年级数学老师",)}.get(table, ())
            assert not [name for name in names if name in text]
    assert {row["承诺人"] for row in rows(scene, "pledges")} == {
        "党员（名字隐去）", "育新小学党支部",
    }  # fmt: skip
    scene.campaign.state = CampaignState.DRAFT
    scene.campaign.save()
    url = reverse("portal:data_file", args=[scene.campaign.uid, "pledges", "csv"])
    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("path", ["people.csv", "pledges.xml", "pledges.CSV"])
def test_no_other_files(scene, path) -> None:
    url = reverse("portal:data", args=[scene.campaign.uid]) + path
    assert Client().get(url).status_code == 404


def test_remarks_and_plans_and_postings(scene, said) -> None:
    remarks = {row["意见"]: row for row in rows(scene, "remarks")}
    assert set(remarks) == {"希望周五也讲一次。", "剩饭称了没有？", "方案写得清楚。"}
    assert remarks["希望周五也讲一次。"]["答复"] == "从下周起周五也讲。"
    assert remarks["希望周五也讲一次。"]["收到的那一周"] == "2026-11-09"
    ids = {row["编号"] for row in rows(scene, "pledges")}
    assert remarks["希望周五也讲一次。"]["说的是哪件事"] in ids
    (plan,) = rows(scene, "plans")
    assert plan["编号"] == str(scene.plan.uid) == remarks["方案写得清楚。"]["说的是哪件事"]
    assert "重点：放学后辅导" in plan["正文"]
    assert rows(scene, "postings") == []


def test_the_page_documents_every_column_and_counts_as_the_files_do(scene, said) -> None:
    page = Client().get(reverse("portal:data", args=[scene.campaign.uid])).content.decode()
    for code, table in opendata.TABLES.items():
        for column in table.columns:
            assert f"<td>{column.title}</td><td><code>{column.key}</code></td>" in page
        assert table.count(scene.campaign) == len(rows(scene, code)), code
        keys = [column.key for column in table.columns]
        assert len(set(keys)) == len(keys)
        assert all(list(row) == keys for row in objects(scene, code))
    assert "可以自由使用" in page


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("-5 度也去", "'-5 度也去"),
        ("＝HYPERLINK()", "'＝HYPERLINK()"),
        ("\tcmd", "'\tcmd"),
        ("讲题=会做", "讲题=会做"),
        (Decimal("-6.40"), "-6.4"),
        (Decimal("100"), "100"),
        (date(2026, 9, 1), "2026-09-01"),
        (True, "是"),
        (None, ""),
    ],
)
@pytest.mark.pure
def test_cells(value, shown) -> None:
    assert streams.cell(value) == shown


def test_a_formula_is_text_in_the_file(scene) -> None:
    PledgeItem.objects.filter(text="放学后看护满 30 天。").update(text="=cmd|'/c calc'!A1")
    assert "'=cmd|'/c calc'!A1" in {row["承诺的事"] for row in rows(scene, "pledges")}
    assert "=cmd|'/c calc'!A1" in {row["text"] for row in objects(scene, "pledges")}


def test_the_same_queries_however_many_rows(scene) -> None:
    def queries() -> dict[str, int]:
        found = {}
        for table in opendata.TABLES:
            with CaptureQueriesContext(connection) as seen:
                get(scene, table, "csv")
            found[table] = len(seen)
        return found

    moderating.show(scene.secretary, [say(scene, "第一条。")])
    one = queries()
    moderating.show(scene.secretary, [say(scene, f"第 {n} 条意见。") for n in range(30)])
    assert queries() == one
