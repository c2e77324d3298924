"""Every address × every visitor × own and foreign thing, asked for real."""

from django.conf import settings
from django.test import TestCase
from tests.access import page
from tests.access.actors import COLUMNS
from tests.access.asking import ask, clients
from tests.access.table import rows
from tests.access.walk import addresses
from tests.access.world import TODAY, World, build_world

from zhengyou.kernel import clock


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
