"""The ledger table: what the query string may ask for, and what is drawn."""

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from zhengyou.ui.table import Cell, Column, Table, asked

pytestmark = pytest.mark.pure

COLUMNS = [
    Column("org", "支部", sort=True),
    Column("done", "做齐", sort=True, number=True),
    Column("who", "责任人", optional=True),
    Column("phone", "电话", optional=True, shown=False),
    Column("act", ""),
]
ROWS = [{"org": Cell("南湖<小学>", url="/o/1/"), "done": 1200, "who": "秦望舒", "phone": "0000"}]


def drawn(query="", **more):
    request = RequestFactory().get("/list/" + query)
    sort, chosen = asked(COLUMNS, request.GET)
    table = Table("支部", COLUMNS, more.pop("rows", ROWS), sort, chosen, **more)
    return Template("{% ledger table %}").render(Context({"table": table, "request": request}))


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("", ("", None)),
        ("sort=-done", ("-done", None)),
        ("sort=who", ("", None)),  # not a column to sort by
        ("sort=password", ("", None)),
        ("cols=&cols=phone&cols=org", ("", frozenset({"phone"}))),
        ("cols=", ("", frozenset())),
    ],
)
def test_only_what_the_columns_allow_is_taken_from_the_query(query, answer):
    assert asked(COLUMNS, QueryDict(query)) == answer


def test_a_head_turns_up_down_and_back():
    assert 'href="?sort=done"' in drawn()
    up = drawn("?sort=done")
    assert 'aria-sort="ascending"' in up
    assert 'href="?sort=-done"' in up
    down = drawn("?sort=-done&page=3")
    assert 'aria-sort="descending"' in down
    assert 'href="?"' in down  # as it was, and on the first page


def test_sorting_keeps_the_filter_and_the_columns():
    assert 'href="?cols=&amp;cols=who&amp;q=a%26b&amp;sort=org"' in drawn("?q=a%26b&cols=&cols=who")


def test_the_reader_chooses_columns():
    assert "秦望舒" in drawn()
    assert "0000" not in drawn()
    chosen = drawn("?cols=&cols=phone&sort=org")
    assert "秦望舒" not in chosen
    assert "0000" in chosen
    assert '<input type="hidden" name="sort" value="org">' in chosen


def test_cells_are_escaped_and_numbers_grouped():
    html = drawn()
    assert "南湖&lt;小学&gt;" in html
    assert "1,200" in html


def test_excel_gets_the_same_query():
    assert 'href="/list.xlsx?q=x"' in drawn("?q=x", excel_url="/list.xlsx")


def test_no_rows_say_so():
    assert "没有符合条件的" in drawn(rows=[])
    assert "<table" not in drawn(rows=[])
