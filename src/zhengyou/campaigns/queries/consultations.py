"""What pages, the desk and papers show of drafts that were put out for opinions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from zhengyou.campaigns import consulting
from zhengyou.campaigns.models import (
    Campaign,
    Consultation,
    OpinionAnswer,
    Outcome,
    Plan,
    SectionCode,
    SignedOpinion,
)
from zhengyou.campaigns.opinions import Open, remarks_on, running_today
from zhengyou.campaigns.rules import EDITABLE
from zhengyou.climb.changes import Part, parts_of
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.rules import KEEPERS, LEADERS
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.talk import said, with_answers
from zhengyou.ui.text import short_date

KINDS = {
    Outcome.ADOPTED: "done",
    Outcome.PARTLY: "doing",
    Outcome.DECLINED: "off",
    Outcome.NOTED: "todo",
}
"""State badges of the kit."""


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion and what became of it.

    Args:
        uid: of the remark or the signed opinion; ``public`` tells which.
        replied: what the body had answered to the remark in other words.
    """

    uid: UUID
    public: bool
    who: str
    when: str
    text: str
    outcome: Outcome | None = None
    reason: str = ""
    replied: str = ""

    @property
    def badge(self) -> tuple[str, str]:
        """State badge and words."""
        return (KINDS[self.outcome], str(self.outcome.label)) if self.outcome else ("due", "要答复")

    @property
    def words(self) -> str:
        """The answer in a sentence; empty: none yet."""
        if self.outcome is None:
            return ""
        return f"{self.outcome.label}：{self.reason}" if self.reason else str(self.outcome.label)


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section that was put out, and how it changed since."""

    title: str
    text: str
    changes: tuple[Part, ...]


def sections_put_out(consultation: Consultation) -> list[DraftSection]:
    """Return the sections as they are now, with what changed since they were put out."""
    now = consultation.texts
    return [
        DraftSection(
            str(SectionCode(code).label),
            now.get(code, ""),
            parts_of(was, now.get(code, "")) if was != now.get(code, "") else (),
        )
        for code, was in consultation.shown.items()
    ]


def sections_in_public(consultation: Consultation) -> list[DraftSection]:
    """Return the sections for everybody. Once the time is over, what the body writes on in its
    draft is its own until the plan is public: till then they stay as they were put out.
    """
    plan = consultation.plan
    if consultation.runs() or (plan is not None and plan.state == ClimbState.PUBLISHED):
        return sections_put_out(consultation)
    return [
        DraftSection(str(SectionCode(code).label), text, ())
        for code, text in consultation.shown.items()
    ]


def opinion_rows(consultation: Consultation) -> list[OpinionRow]:
    """Return the opinions that were let through, or signed, with what became of each: the
    collated table (征求意见汇总表). Three queries.
    """
    answers = {
        row.remark_uid or row.opinion_id: row
        for row in OpinionAnswer.objects.filter(consultation=consultation)
    }
    if consultation.plan_id is None:
        signed = SignedOpinion.objects.filter(consultation=consultation)
        rows = signed.select_related("organisation", "given_by")
        return [_signed(row, answers.get(row.pk)) for row in rows]
    remarks = with_answers(Remark.objects.filter(remarks_on([consultation])))
    shown = list(remarks.filter(state=RemarkState.SHOWN).order_by("week", "uid"))
    if consultation.plan and consultation.plan.state not in EDITABLE:
        shown = [row for row in shown if row.uid in answers]  # Later ones are about the plan.
    return [_remark(row, answers.get(row.uid)) for row in shown]


def _signed(row: SignedOpinion, answer: OpinionAnswer | None) -> OpinionRow:
    return OpinionRow(
        uid=row.uid,
        public=False,
        who=f"{row.hat}{row.given_by.name}",
        when=short_date(row.given_at),
        text=row.text,
        outcome=Outcome(answer.outcome) if answer else None,
        reason=answer.reason if answer else "",
    )


def _remark(row: Remark, answer: OpinionAnswer | None) -> OpinionRow:
    words = said(row)
    return OpinionRow(
        uid=row.uid,
        public=True,
        who=words.who,
        when=words.role,
        text=words.text,
        outcome=Outcome(answer.outcome) if answer else None,
        reason=answer.reason if answer else "",
        replied=words.answer or "" if not answer else "",
    )


def opinions_on_plan(plan: Plan) -> list[tuple[Consultation, list[OpinionRow]]]:
    """Return all consultations of a plan with their opinions, for papers."""
    asked = plan.consultations.select_related("campaign", "plan__organisation")
    return [(each, opinion_rows(each)) for each in asked]


def running_in(campaign: Campaign) -> QuerySet[Consultation]:
    """Return the drafts of plans in ``campaign`` that are out today, in the order of the tree."""
    out = Consultation.objects.filter(running_today(), campaign=campaign, plan__isnull=False)
    return out.select_related("plan__organisation").order_by("plan__organisation__path")


def public_consultations() -> QuerySet[Consultation]:
    """Return what the public may see: drafts of plans that are or were out."""
    return Consultation.objects.filter(plan__isnull=False).select_related(
        "campaign__organisation", "plan__organisation", "plan__campaign"
    )


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """One consultation for whoever is signed in."""

    kind: str
    label: str
    sections: list[DraftSection]
    rows: list[OpinionRow]
    may_answer: Verdict
    may_stop: Verdict
    may_opine: Verdict

    @property
    def changed(self) -> bool:
        """Whether the text is another one than was put out."""
        return any(section.changes for section in self.sections)

    @property
    def left(self) -> int:
        """How many opinions have no answer."""
        return sum(row.outcome is None for row in self.rows)


def consultation_page(actor: Actor, consultation: Consultation) -> ConsultationPage:
    """Return what the page shows."""
    kind, label = badge(consultation)
    return ConsultationPage(
        kind=kind,
        label=label,
        sections=sections_put_out(consultation),
        rows=opinion_rows(consultation),
        may_answer=consulting.may_answer_opinions(actor, consultation),
        may_stop=consulting.may_stop(actor, consultation),
        may_opine=consulting.may_opine(actor, consultation),
    )


def badge(consultation: Consultation) -> tuple[str, str]:
    """Return state badge and words."""
    if consultation.runs():
        return "doing", f"征求意见中，到{short_date(consultation.ends_on)}"
    return ("off", "提前结束") if not consultation.whole else ("done", "征求意见结束")


# --- the desk -----------------------------------------------------------------------------------
def to_opine(actor: Actor) -> list[Errand]:
    """Return the drafts of campaigns on which the hat's body is asked. Two queries."""
    if actor.hat is None or actor.hat.role not in LEADERS:
        return []
    body = actor.hat.organisation
    given = SignedOpinion.objects.filter(organisation=body).values("consultation")
    out = Consultation.objects.filter(consulting.asked_of(actor), running_today())
    rows = out.exclude(pk__in=given).select_related("campaign__organisation")
    return [_to_opine(row) for row in rows if row.campaign.covers_body(body)]


def _to_opine(row: Consultation) -> Errand:
    return Errand(
        kind="todo",
        label="征求意见",
        title=f"“{row.campaign.title}”征求意见稿",
        why=f"{row.campaign.organisation.name}请各组织提意见，没有意见可以不提",
        when=f"到{short_date(row.ends_on)}",
        url=reverse("campaigns:consultation", args=[row.uid]),
        button="去看",
        due=row.ends_on,
    )


def to_answer_below(actor: Actor) -> list[Errand]:
    """Return the drafts of the hat's body's campaigns with signed opinions to answer. One query."""
    if actor.hat is None or actor.hat.role not in KEEPERS:
        return []
    waiting = SignedOpinion.objects.filter(
        answer=None, consultation__campaign__organisation=actor.hat.organisation
    ).select_related("consultation__campaign")
    counts: dict[Consultation, int] = {}
    for row in waiting:
        counts[row.consultation] = counts.get(row.consultation, 0) + 1
    return [
        Errand(
            kind="wait",
            label="要答复",
            title=f"“{each.campaign.title}”，下级提了 {count} 条意见",
            why="采纳不采纳都要答复，答复完才能启动",
            when="",
            url=reverse("campaigns:consultation", args=[each.uid]),
            button="去答复",
        )
        for each, count in counts.items()
    ]


def about_draft(campaign: Campaign, plan: Plan, left: Open, last: date | None) -> Errand | None:
    """Return what is next about the opinions on a draft; None: nothing, it may be submitted.

    Args:
        plan: with ``consultations`` fetched.
    """
    asked = list(plan.consultations.all())
    latest = asked[-1] if asked else None
    if latest and left.due and left.due < clock.today():
        return _draft(campaign, "late", "答复过期", f"方案收到的意见，{left.words}", left.due,
                      f"该在{short_date(left.due)}前答复，答复完才能送审", latest)  # fmt: skip
    if latest and latest.runs():
        return _draft(campaign, "wait", "征求意见", "方案正在征求意见", latest.ends_on,
                      left.words or "还没有收到意见", latest)  # fmt: skip
    if latest and left:
        return _draft(campaign, "due", "要答复", f"方案收到的意见，{left.words}", last,
                      "逐条看过、答复了才能送审", latest)  # fmt: skip
    days = campaign.consult_days
    if days and not any(each.whole and each.days >= days for each in asked):
        url = reverse("campaigns:plan", args=[plan.uid])
        return Errand("doing", "起草中", f"“{campaign.title}”方案还没有征求意见",
                      f"写好主题、载体、目标，公开 {days} 个工作日再送审", "", url,
                      "去办", last)  # fmt: skip
    return None


def _draft(
    campaign: Campaign,
    kind: str,
    label: str,
    what: str,
    day: date | None,
    why: str,
    latest: Consultation,
) -> Errand:
    return Errand(
        kind=kind,
        label=label,
        title=f"“{campaign.title}”{what}",
        why=why,
        when=f"到{short_date(day)}" if kind == "wait" and day else "",
        url=reverse("campaigns:consultation", args=[latest.uid]),
        button="去看" if kind == "wait" else "去答复",
        due=day,
    )
