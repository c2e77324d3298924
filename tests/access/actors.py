"""Who asks: the columns of the table, played by the cast."""

from dataclasses import dataclass

from django.test import Client
from tests.cast import Cast, client_as

from zhengyou.people.models import Role


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of visitor.

    Args:
        title: the column's head, Chinese.
        who: a surname of the cast, "" for the public.
        role: the hat worn; None for plain membership.
    """

    title: str
    who: str = ""
    role: Role | None = None

    def client(self, cast: Cast) -> Client:
        """Return a client of this visitor."""
        return client_as(getattr(cast, self.who), self.role) if self.who else Client()


COLUMNS = (
    Column("本支部书记", "shen", Role.SECRETARY),
    Column("隔壁支部书记", "wen", Role.SECRETARY),
    Column("上级活动办", "gu", Role.CAMPAIGN_OFFICE),
    Column("党员", "he", None),
    Column("督查员", "yin", Role.INSPECTOR),
    Column("记录员", "tian", Role.RECORDER),
    Column("群众（不登录）"),
)
