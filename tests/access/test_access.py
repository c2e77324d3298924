"""Every address × every visitor × own and foreign thing, asked for real."""

from datetime import timedelta

from django.conf import settings
from django.test import Client, TestCase
from django.urls import reverse
from tests.access import page
from tests.access.actors import COLUMNS
from tests.access.asking import ask, clients, filled, sent
from tests.access.table import Row, rows
from tests.access.walk import addresses
from tests.access.world import TODAY, World, build_world

from zhengyou.kernel import clock

TAKES_A_DAY = (
    "people:organisation", "people:tree", "people:roll", "pledges:body", "campaigns:campaign",
    "papers:summary", "work:body", "work:mine", "work:map", "work:posts", "work:post_share",
    "work:rotas", "problems:ledger",
)  # fmt: skip
SHOWS_TODAY = (
    "portal:start", "portal:campaign", "portal:wall", "portal:plans", "portal:talk",
    "portal:postings", "portal:reports", "portal:data", "campaigns:task_counts",
    "campaigns:plan_tasks", "campaigns:consultation", "work:book", "work:resources",
    "work:resource_totals", "work:resource", "work:teams", "work:body_reports", "work:stuck",
    "remarks:queue", "remarks:below", "desk:burden", "desk:burden_of",
    "voices:complaints", "voices:burden_numbers",
    "problems:mine",
)  # fmt: skip
"""Pages with numbers: those of a past day are asked for, or the page says that they are today's
(docs/decisions/public-pages-show-today.md)."""
ELSEWHERE = {
    "portal:wall_on_paper": "2026年10月12日，",
    "desk:today": "2026年10月12日 星期一",
}
FROM_ABOVE = (2, *range(len(COLUMNS)))
"""Who looks: the campaign office where it may, since it sees the numbers of all; else the first."""
DAY, TODAY_LINE = 'name="day" value="{}"', "数字截至今天（2026年10月12日）"


class AccessTable(TestCase):
    """The table against the product."""

    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        """Build the world once."""
        cls.world = build_world()

    def test_everybody_gets_what_the_table_says(self) -> None:
        wrong = []
        with clock.at(TODAY):
            visitors = clients(self.world)
            for row in rows():
                for column, client in enumerate(visitors):
                    for foreign in row.sides:
                        got = ask(self.world, client, row, foreign)
                        if got != row.code(column, foreign):
                            side = "foreign" if foreign else "own"
                            who = COLUMNS[column].title
                            expected = row.code(column, foreign)
                            wrong.append(f"{row.key} {who} {side}: {got}, table: {expected}")
        assert not wrong, "\n".join(wrong)

    def test_pages_with_numbers_say_of_which_day(self) -> None:
        past = TODAY - timedelta(days=7)
        marks = {
            **{name: (past.isoformat(), DAY.format(past)) for name in TAKES_A_DAY},
            **dict.fromkeys(SHOWS_TODAY, ("", TODAY_LINE)),
            **{name: ("", words) for name, words in ELSEWHERE.items()},
        }
        said = set()  # Of a campaign that has not begun nothing is counted yet.
        with clock.at(TODAY):
            visitors = clients(self.world)
            for row in rows():
                seers = [n for n in FROM_ABOVE if row.code(n, False) == "200"]
                if row.method == "get" and row.name in marks and seers:
                    day, words = marks[row.name]
                    page = self._page(visitors[seers[0]], row, day)
                    said |= {row.name} if words in page else set()
        assert set(marks) - said == set()

    def _page(self, client: Client, row: Row, day: str) -> str:
        url = reverse(row.name, args=filled(self.world, row))
        data = sent(self.world, row) | ({"day": day} if day else {})
        return " ".join(client.get(url, data).content.decode().split())


def test_every_address_has_a_row() -> None:
    missing = set(addresses()) - {row.name for row in rows()}
    assert not missing, f"no row in tests/access/rows/ for {sorted(missing)}"


def test_the_table_names_no_address_that_is_gone() -> None:
    assert not {row.name for row in rows()} - set(addresses())


def test_every_row_answers_for_every_visitor_and_side() -> None:
    for row in rows():
        assert len(row.codes) == len(COLUMNS), row.key
        for code in row.codes:
            assert len(code.split("/")) == len(row.sides), row.key


def test_no_row_expects_the_product_to_break() -> None:
    for row in rows():
        assert "500" not in "".join(row.codes), row.key


def test_the_page_of_roles_is_this_table() -> None:
    written = (settings.ROOT / "docs" / "roles.md").read_text("utf-8")
    assert written == page.page(), "run: python -m tests.access"
