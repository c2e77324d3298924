"""What promises give a report of the body, and of the one who promised."""

from datetime import date
from decimal import Decimal

from tests.pledges.conftest import World
from tests.work.reporting import YEARLY, begun, said, weekly
from tests.work.scene import a_duty

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.pledges.actions import progress, reviewing, writing
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import Pledge

YES = Ticks(True, True, True)
PROMISE = "每周三放学后留 40 分钟，给算得慢的孩子讲题。"
OCTOBER = date(2026, 10, 16)


def test_progress_is_told_by_the_report_of_its_days(world: World) -> None:
    own = world.of_branch()
    writing.submit(world.secretary, own)
    office = world.actor("gu", Role.CAMPAIGN_OFFICE)
    reviewing.send_results(office, own, {item.uid: YES for item in own.items.all()})
    member = world.published("zhou")
    monthly = weekly(world.campaign, code="monthly", cadence="month")
    half = a_duty(world.campaign, "half", **YEARLY)
    with clock.at(OCTOBER):
        item = Pledge.objects.get(pk=own.pk).items.get(number=2)
        for value in (5, 4):
            progress.note(
                world.secretary, item, noted_on=clock.today(), value=Decimal(value), words="讲题。"
            )
        zhou = acting_as(world.cast.zhou)
        progress.note(zhou, member.items.get(number=1), noted_on=clock.today(), value=Decimal(6))
        report = begun(world.secretary, monthly, world.cast.branch)
        assert said(report, "done") == [
            f"承诺第 2 条“{PROMISE}”：10月16日，现在 4 人。讲题。",
            "党员公布承诺进展 1 次。",
        ]
        mine = begun(zhou, half, world.cast.branch, world.cast.zhou)
        assert said(mine, "done") == [f"承诺第 1 条“{PROMISE}”：10月16日，现在 6 人。"]
    with clock.at(date(2026, 11, 10)):
        assert said(begun(world.secretary, monthly, world.cast.branch), "done") == []
