"""What stays behind of problems when people leave a body, or a body ends: said before that."""

from collections.abc import Iterator

from zhengyou.people.models import Organisation, Person
from zhengyou.problems.models import SETTLED, Problem
from zhengyou.problems.owners import ASKED


def of_leaving(body: Organisation, persons: list[Person]) -> Iterator[str]:
    """Yield how many problems of the body ``persons`` mend."""
    count = Problem.objects.filter(
        organisation=body, owner__in=persons, subject=None, state__in=ASKED
    ).count()
    if count:
        yield f"有 {count} 个问题由他们整改，台账和记录都留着，人走了请到问题页上换责任人。"


def of_ending(bodies: list[Organisation]) -> Iterator[str]:
    """Yield how many problems wait for those who go on."""
    rows = Problem.objects.filter(organisation__in=bodies).exclude(state__in=SETTLED)
    count = rows.count()
    if count:
        yield (
            f"没了结的问题 {count} 个留在老组织名下，由接着办的组织来整改、验收，期限不变；"
            "个人的不足跟着本人走。"
        )
