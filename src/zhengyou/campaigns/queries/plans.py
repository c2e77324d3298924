"""What a plan's pages show: its sections with what changed, its groups with seats, its way up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from zhengyou.campaigns import clarity
from zhengyou.campaigns.models import (
    CLEAR,
    Campaign,
    GroupTemplate,
    Plan,
    PlanDecision,
    PlanGroup,
    SectionCode,
)
from zhengyou.campaigns.queries.basis import basis_of
from zhengyou.climb.changes import Part, parts_of
from zhengyou.climb.models import Answer, ClimbState
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation, Post, Role
from zhengyou.people.models.post import SEATS


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as a page shows it.

    Args:
        changes: against what was seen when the plan was returned; empty: nothing changed, or
            nobody has seen it yet.
        reason: what the last return said about it.
        lack: what is not clear about it.
    """

    code: SectionCode
    text: str
    changes: tuple[Part, ...] = ()
    reason: str = ""
    lack: clarity.Finding | None = None

    @property
    def title(self) -> str:
        """Its heading."""
        return str(self.code.label)

    @property
    def must_be_clear(self) -> bool:
        """Whether it is one of 四个明确."""
        return self.code in CLEAR


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a seat."""

    post: Post

    @property
    def words(self) -> str:
        """Post and, if stated, the duty."""
        return f"{self.post.title}，{self.post.duty}" if self.post.duty else self.post.title


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with who sits in it, and in words what its seats lack."""

    group: PlanGroup
    seats: list[Seat] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    free: list[Role] = field(default_factory=list)  # seats that may be given

    @property
    def template(self) -> GroupTemplate:
        """What the blueprint says about it."""
        return self.group.template


def sections_of(plan: Plan) -> list[SectionView]:
    """Return the sections with changes since the last return and what is not clear.

    Args:
        plan: best with sections and decisions fetched.
    """
    last = last_return(plan)
    seen, reasons = (last.sections_seen, last.section_reasons) if last else ({}, {})
    lacks = {finding.section: finding for finding in clarity.findings(plan.texts, plan.given)}
    return [
        SectionView(
            code=SectionCode(code),
            text=text,
            changes=parts_of(seen[code], text) if code in seen and seen[code] != text else (),
            reason=reasons.get(code, ""),
            lack=lacks.get(SectionCode(code)),
        )
        for code, text in plan.texts.items()
    ]


def last_return(plan: Plan) -> PlanDecision | None:
    """Return the last answer that sent the plan back, if any did."""
    returns = [row for row in plan.decisions.all() if row.answer == Answer.RETURN]
    return max(returns, key=lambda row: (row.decided_at, row.pk), default=None)


def groups_of(plan: Plan) -> list[GroupView]:
    """Return the plan's groups with today's seats, those above first. Two queries."""
    groups = list(plan.groups.select_related("template", "organisation"))
    posts: dict[int, list[Post]] = {}
    for post in (
        Post.objects.on(clock.today())
        .filter(organisation__in=[group.organisation_id for group in groups], role__in=SEATS)
        .select_related("person")
    ):
        posts.setdefault(post.organisation_id, []).append(post)
    return [_group(group, posts.get(group.organisation_id, [])) for group in groups]


def _group(group: PlanGroup, posts: list[Post]) -> GroupView:
    view = GroupView(group, [Seat(post) for post in posts])
    for role in SEATS:
        least, most = group.template.limits(role)
        held = sum(1 for post in posts if post.role == role)
        if held < least:
            view.lacks.append(f"{role.label}还差 {least - held} 人")
        if most is None or held < most:
            view.free.append(role)
    return view


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A body's plan in a campaign, for papers and dashboards; ``plan`` None: not adopted."""

    plan: Plan | None
    state: str
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    published_at: datetime | None = None
    returns: int = 0
    clear: list[tuple[str, str]] = field(default_factory=list)  # 四个明确: heading, text
    groups: list[str] = field(default_factory=list)
    basis: list[str] = field(default_factory=list)  # 依据, as papers cite them

    @property
    def label(self) -> str:
        """The state in words."""
        return str(ClimbState(self.state).label) if self.state else "还没有采用"


def plan_summary(campaign: Campaign, body: Organisation) -> PlanSummary:
    """Return what there is to say about the plan of ``body``. At most five queries."""
    plan = (
        Plan.objects.filter(campaign=campaign, organisation=body)
        .prefetch_related("sections", "decisions", "groups__organisation")
        .first()
    )
    if plan is None:
        return PlanSummary(None, "")
    texts = plan.texts
    return PlanSummary(
        plan=plan,
        state=plan.state,
        submitted_at=plan.submitted_at,
        approved_at=plan.approved_at,
        published_at=plan.published_at,
        returns=sum(1 for row in plan.decisions.all() if row.answer == Answer.RETURN),
        clear=_headed(texts, CLEAR),
        groups=[group.organisation.name for group in plan.groups.all()],
        basis=[ground.words for ground in basis_of(plan) if not ground.withdrawn],
    )


def _headed(texts: dict[str, str], codes: Iterable[SectionCode]) -> list[tuple[str, str]]:
    return [(str(code.label), texts.get(code, "")) for code in codes]
