"""What the page of one plan shows, verdicts of the buttons included."""

from dataclasses import dataclass

from zhengyou.campaigns import consulting, publicising, receiving, rules, tasking
from zhengyou.campaigns.models import Consultation, Plan, PlanDecision
from zhengyou.campaigns.queries.basis import Ground, basis_of
from zhengyou.campaigns.queries.buttons import Button, doing
from zhengyou.campaigns.queries.campaigns import PLAN_KINDS
from zhengyou.campaigns.queries.history import StoryLine, story_of
from zhengyou.campaigns.queries.plans import GroupView, SectionView, groups_of, sections_of
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.rules import HEADS, OVERSEERS


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan as ``actor`` sees it."""

    kind: str
    label: str
    headline: str
    sections: list[SectionView]
    groups: list[GroupView]
    decisions: list[PlanDecision]
    buttons: list[Button]
    story: list[StoryLine]
    inside: bool  # sees what is not clear and what was said about it
    named: bool  # sees who sits in the groups
    may_seat: Verdict
    may_see_tasks: Verdict
    may_see_publicity: Verdict
    grounds: list[Ground]
    may_cite: Verdict
    consultations: list[Consultation]
    may_consult: Verdict

    @property
    def clear(self) -> list[SectionView]:
        """The sections of 四个明确."""
        return [section for section in self.sections if section.must_be_clear]

    @property
    def lacking(self) -> list[SectionView]:
        """The sections about which there is something to say."""
        return [section for section in self.sections if section.lack]


def plan_page(actor: Actor, plan: Plan) -> PlanPage:
    """Return what the plan's page shows."""
    state = ClimbState(plan.state)
    inside = bool(actor.hat) and (
        actor.holds(plan.organisation.path, OVERSEERS)
        or actor.holds_at(plan.organisation.path, HEADS)
    )
    return PlanPage(
        kind=PLAN_KINDS[state],
        label=str(state.label),
        headline=f"{plan.organisation.name}的方案，{state.label}",
        sections=sections_of(plan),
        groups=groups_of(plan),
        decisions=list(plan.decisions.all())[::-1] if inside else [],
        buttons=doing(actor, plan) if inside else [],
        story=story_of(plan.ref) if inside else [],
        inside=inside,
        named=inside or actor.belongs_to(plan.organisation.path),
        may_seat=rules.may_seat(actor, plan),
        may_see_tasks=tasking.may_see_tasks(actor, plan),
        may_see_publicity=publicising.may_see_publicity(actor, plan),
        grounds=basis_of(plan),
        may_cite=receiving.may_cite_in_plan(actor, plan),
        consultations=list(plan.consultations.all()),
        may_consult=consulting.may_consult(actor, plan),
    )
