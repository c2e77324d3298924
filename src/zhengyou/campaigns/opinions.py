"""The opinions on a draft that was put out, and whether each has its answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from zhengyou.campaigns.models import (
    Campaign,
    CampaignState,
    Consultation,
    OpinionAnswer,
    Plan,
    SignedOpinion,
)
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.models import Organisation
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.talk import monday_of


@dataclass(frozen=True, slots=True)
class Open:
    """What is not done yet about opinions: not looked at, let through but not answered; ``due`` is
    the day by which the first of these has to be."""

    waiting: int = 0
    unanswered: int = 0
    due: date | None = None

    def __bool__(self) -> bool:
        return bool(self.waiting or self.unanswered)

    @property
    def words(self) -> str:
        """In words."""
        parts = [f"{self.waiting} 条意见还没有看"] if self.waiting else []
        parts += [f"{self.unanswered} 条意见还没有答复"] if self.unanswered else []
        return "，".join(parts)


def remarks_on(consultations: Iterable[Consultation]) -> Q:
    """Return which remarks came in while these drafts of plans were out.

    A remark has no day, only a week: the whole week in which a draft was put out counts.
    """
    found = Q(pk__in=[])
    for each in consultations:
        if each.plan is not None:
            weeks = (monday_of(each.opened_on), each.last)
            found |= Q(target=each.plan.uid, week__range=weeks)
    return found & Q(kind="plan")


def open_of_plans(plans: Iterable[Plan]) -> dict[int, Open]:
    """Return by key what is open about the drafts of ``plans``. Two queries.

    Args:
        plans: with ``consultations`` fetched.
    """
    by_uid = {plan.uid: plan for plan in plans}
    asked = [each for plan in by_uid.values() for each in plan.consultations.all()]
    if not asked:
        return {}
    for each in asked:
        each.plan = next(plan for plan in by_uid.values() if plan.pk == each.plan_id)
    answered = set(
        OpinionAnswer.objects.filter(consultation__in=asked, remark_uid__isnull=False).values_list(
            "remark_uid", flat=True
        )
    )
    found: dict[int, Open] = {}
    rows = Remark.objects.filter(remarks_on(asked)).exclude(state=RemarkState.HELD)
    asked_for = rows.values_list("uid", "target", "state", "due_on", "answered_on")
    for uid, target, state, due, replied in asked_for:
        before = found.get(by_uid[target].pk, Open())
        if state == RemarkState.WAITING:
            found[by_uid[target].pk] = replace(before, waiting=before.waiting + 1)
        elif uid not in answered:
            days = [day for day in (before.due, None if replied else due) if day]
            first = min(days, default=None)
            found[by_uid[target].pk] = replace(before, unanswered=before.unanswered + 1, due=first)
    return found


def on_own_draft(body: Organisation) -> Q:
    """Return the opinions on drafts of ``body``, which its desk lists with the draft."""
    drafts = Plan.objects.filter(
        organisation=body, state=ClimbState.DRAFT, campaign__state=CampaignState.OPEN
    )
    asked = Consultation.objects.filter(plan__in=drafts).select_related("plan")
    return remarks_on(asked)


def consulted(plan: Plan) -> Verdict:
    """Say whether opinions stand in the way of submitting ``plan``."""
    asked = list(plan.consultations.all())
    running = next((each for each in asked if each.runs()), None)
    if running:
        return Verdict.no(f"方案正在征求意见，到{_day(running)}为止；到期、逐条答复以后才能送审。")
    days = plan.campaign.consult_days
    if days and not any(each.whole and each.days >= days for each in asked):
        return Verdict.no(f"这次活动的方案送审前要公开征求意见 {days} 个工作日，请先征求意见。")
    left = open_of_plans([plan]).get(plan.pk, Open())
    return Verdict.of(not left, f"征求意见时收到的 {left.words}，看过、答复了才能送审。")


def campaign_consulted(campaign: Campaign) -> Verdict:
    """Say whether opinions of the bodies below stand in the way of starting ``campaign``."""
    asked = [each for each in campaign.consultations.all() if each.plan_id is None]
    running = next((each for each in asked if each.runs()), None)
    if running:
        return Verdict.no(f"活动正在向下级征求意见，到{_day(running)}为止，到期再启动。")
    left = SignedOpinion.objects.filter(consultation__in=asked, answer=None).count()
    return Verdict.of(not left, f"下级提的 {left} 条意见还没有答复，答复了再启动。")


def _day(consultation: Consultation) -> str:
    day = consultation.ends_on
    return f"{day.month}月{day.day}日"


def running_today() -> Q:
    """Return which consultations take opinions today."""
    today = clock.today()
    return Q(opened_on__lte=today, ends_on__gte=today, stopped_on__isnull=True)
