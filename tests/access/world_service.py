"""Posts of service, rotas, teams and resources of one side of the world."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Organisation, Person
from zhengyou.work.actions import log_checks, resources, rotas, service_posts, teams
from zhengyou.work.actions.rotas import Found
from zhengyou.work.models import (
    CheckResult,
    PatrolFind,
    RecordKind,
    ResourceKind,
    ServiceKind,
    TeamKind,
    Way,
)


def service_of(
    side: str, lead: Actor, body: Organisation, member: Person, campaign: Campaign
) -> dict[str, Any]:
    """Return the things of ``body``, made today with the verbs of the house."""
    today = clock.today()
    assert lead.person is not None
    post = service_posts.open_post(
        lead, body, title="校门护学岗", kind=ServiceKind.VANGUARD, duties="早晚护送学生过马路"
    )
    asked = service_posts.choose(acting_as(member), post, "我住得近")
    holder = service_posts.assign(lead, post, lead.person)
    log = service_posts.open_post(
        lead, body, title="班主任", kind=ServiceKind.WORK, duties="写班主任日志"
    )
    teacher = service_posts.assign(lead, log, member)
    log_checks.check_log(lead, teacher, on=today, words="漏了三天", result=CheckResult.WEAK)
    deputy = log_checks.give_deputy(lead, teacher, lead.person, experience="当过班主任")
    rota = rotas.open_rota(
        lead, body, title="值周", record=RecordKind.DUTY_WEEK, order=["一（1）班", "一（2）班"]
    )
    rotas.record_turn(
        lead, rota, on=today, text="都看了。", finds=[Found("水管漏水", "二楼", member)]
    )
    team = teams.form(
        lead, body, name="送教服务队", kind=TeamKind.OWN, purpose="送教上门", leader=lead.person,
        last_day=today + timedelta(90),
    )  # fmt: skip
    resource = resources.plan(
        lead, campaign, body, title="教师培训费", kind=ResourceKind.TRAINING, unit="元",
        planned=Decimal(8000),
    )  # fmt: skip
    move = resources.note(
        lead, resource, way=Way.OUT, on=today, amount=Decimal(500), what="买书", front_line=True,
        for_whom="新教师",
    )  # fmt: skip
    return {
        f"service_post_{side}": post,
        f"asked_{side}": asked,
        f"holder_{side}": holder,
        f"teacher_{side}": teacher,
        f"deputy_{side}": deputy,
        f"rota_{side}": rota,
        f"find_{side}": PatrolFind.objects.get(record__links__about_uid=rota.uid),
        f"team_{side}": team.organisation,
        f"resource_{side}": resource,
        f"move_{side}": move,
    }
