"""What the house teaches itself when it starts: the parts of a blueprint, where references lead,
how facts read. The apps say it; only this module knows all of them.
"""

from collections.abc import Mapping, Sequence

from zhengyou.campaigns import blueprint, postable
from zhengyou.campaigns import refs as campaigns
from zhengyou.campaigns import searching as plans
from zhengyou.campaigns import staying as plans_staying
from zhengyou.campaigns.opinions import on_own_draft
from zhengyou.campaigns.targets import resolve_plan
from zhengyou.desk import letters
from zhengyou.desk import refs as desk
from zhengyou.disclosure import refs as disclosure
from zhengyou.disclosure import searching as disclosed
from zhengyou.disclosure.blueprint import DisclosureSection
from zhengyou.disclosure.targets import resolve_disclosed
from zhengyou.inspections import facts
from zhengyou.inspections import refs as inspections
from zhengyou.inspections import ways as inspection_ways
from zhengyou.inspections.blueprint import InspectionSection
from zhengyou.inspections.bulletins import refs as bulletins
from zhengyou.inspections.queries import tier_pages
from zhengyou.inspections.tiers import refs as tiers
from zhengyou.inspections.tiers.blueprint import TiersSection
from zhengyou.inspections.tiers.measures import FACTS
from zhengyou.kernel import handovers, onward, refs
from zhengyou.labour import refs as labour
from zhengyou.ledger.book import label_verbs
from zhengyou.papers import refs as papers
from zhengyou.people import consequences, naming
from zhengyou.people import refs as people
from zhengyou.pledges import refs as pledges
from zhengyou.pledges import searching as items
from zhengyou.pledges import staying as items_staying
from zhengyou.pledges.blueprint import PledgeSection
from zhengyou.pledges.reporting import progress as progress_reported
from zhengyou.pledges.targets import resolve_item
from zhengyou.problems import refs as problems
from zhengyou.problems import searching as problems_found
from zhengyou.problems import sources as problem_sources
from zhengyou.problems import staying as problems_staying
from zhengyou.problems.beginnings import SOURCES as PROBLEM_SOURCES
from zhengyou.problems.blueprint import ProblemsSection
from zhengyou.problems.queries.onward import offer as problem_of
from zhengyou.remarks import finders, targets, traces
from zhengyou.remarks import refs as remarks
from zhengyou.remarks import searching as remarks_said
from zhengyou.remarks.models import Remark
from zhengyou.remarks.queries import found as remarks_found
from zhengyou.search import sources
from zhengyou.voices import conclusions, following, ideas_searching, ideas_ways, kinds, tellers
from zhengyou.voices import finding as voices_found
from zhengyou.voices import refs as voices
from zhengyou.voices.blueprint import BoxSection
from zhengyou.voices.manners import MANNERS
from zhengyou.voices.models import Sheet, Voice
from zhengyou.voices.tellers_ideas import of_suggestions
from zhengyou.work import drafting, linkable
from zhengyou.work import refs as work
from zhengyou.work import refs_service as service
from zhengyou.work import searching as records
from zhengyou.work import sources as work_sources
from zhengyou.work import staying as records_staying
from zhengyou.work import staying_service as service_staying
from zhengyou.work.blueprint import DutySection
from zhengyou.work.blueprint_service import PostSection, ResourceSection, RotaSection

RESOLVERS: Mapping[str, refs.Resolver] = {
    **people.RESOLVERS,
    **campaigns.RESOLVERS,
    **work.RESOLVERS,
    **service.RESOLVERS,
    **problems.RESOLVERS,
    **pledges.RESOLVERS,
    **voices.RESOLVERS,
    **disclosure.RESOLVERS,
    **labour.RESOLVERS,
    **inspections.RESOLVERS,
    **tiers.RESOLVERS,
    **bulletins.RESOLVERS,
    **papers.RESOLVERS,
    **remarks.RESOLVERS,
}
TOGETHER: Mapping[str, refs.Many] = {
    **campaigns.TOGETHER,
    **work.TOGETHER,
    **service.TOGETHER,
    **problems.TOGETHER,
    **pledges.TOGETHER,
    **voices.TOGETHER,
    **disclosure.TOGETHER,
    **labour.TOGETHER,
    **inspections.TOGETHER,
    **bulletins.TOGETHER,
    **papers.TOGETHER,
}
"""Kinds of which lists resolve many at once."""
TARGETS: Mapping[str, targets.Resolver] = {
    "plan": resolve_plan,
    "pledge_item": resolve_item,
    "disclosed_item": resolve_disclosed,
}
"""What the public may speak about."""
SOURCES: Mapping[str, sources.Documents] = {
    plans.KIND: plans.documents,
    items.KIND: items.documents,
    records.KIND: records.documents,
    bulletins.KIND: bulletins.documents,
    problems_found.KIND: problems_found.documents,
    disclosed.KIND: disclosed.documents,
    remarks_said.KIND: remarks_said.documents,
    ideas_searching.KIND: ideas_searching.documents,
}
"""What can be found."""
POSTABLE: Sequence[postable.Lister] = (pledges.postable, disclosure.postable, papers.postable)
"""What a body may say that it posted, its plan aside."""
VERBS: Mapping[str, str] = {
    **people.VERBS,
    **campaigns.VERBS,
    **papers.VERBS,
    **work.VERBS,
    **service.VERBS,
    **problems.VERBS,
    **pledges.VERBS,
    **voices.VERBS,
    **disclosure.VERBS,
    **labour.VERBS,
    **inspections.VERBS,
    **tiers.VERBS,
    **bulletins.VERBS,
    **remarks.VERBS,
    **desk.VERBS,
}


REPORTED: Mapping[str, drafting.Source] = {
    "records": work_sources.records,
    "below": work_sources.below,
    "tasks": work_sources.tasks,
    "pledges": progress_reported,
    "solved": work_sources.solved,
    "carried": work_sources.carried,
    "undone": work_sources.undone,
}
"""What a report says by itself, in this order."""

SECTIONS: Sequence[blueprint.Section] = (
    DutySection(), PledgeSection(), PostSection(), RotaSection(), ResourceSection(),
    ProblemsSection(), DisclosureSection(), InspectionSection(), TiersSection(),
    BoxSection(),
)  # fmt: skip
"""The parts of a blueprint that apps above ``campaigns`` bring."""


FOUND_IN: Sequence[problem_sources.Source] = (
    *PROBLEM_SOURCES, *ideas_ways.SOURCES, problem_sources.Source("finding", "督查发现"),
)  # fmt: skip
"""Kinds of things in which problems are found: ``Source("voice", "群众意见")``."""


def fill() -> None:
    """Fill all registries; doing it twice changes nothing."""
    for code, fact in FACTS.items():
        facts.register(code, fact)
    for section in SECTIONS:
        blueprint.register(section)
    for kind, resolver in RESOLVERS.items():
        refs.register(kind, resolver)
    for kind, many in TOGETHER.items():
        refs.register_many(kind, many)
    for kind, opener in TARGETS.items():
        targets.register(kind, opener)
    targets.answered_elsewhere(on_own_draft)
    finders.register("remarks", remarks_found.find)
    finders.register("voices", voices_found.find)
    following.register("problem", tellers.of_problems)
    problem_sources.register(problem_sources.Source("voice", "群众意见"))
    problem_sources.register(
        problem_sources.Source("conclusion", "讨论的结论", begin=conclusions.begin)
    )
    for box_kind, manner in MANNERS.items():
        kinds.register(box_kind, manner)
    traces.sweep_also(Remark, Voice, Sheet)
    for kind, documents in SOURCES.items():
        sources.register(kind, documents)
    consequences.register(
        "campaigns", ending=plans_staying.of_ending, hindering=plans_staying.hindering
    )
    consequences.register(
        "pledges", leaving=items_staying.of_leaving, ending=items_staying.of_ending
    )
    consequences.register("work", ending=records_staying.of_ending)
    consequences.register(
        "service", leaving=service_staying.of_leaving, ending=service_staying.of_ending
    )
    consequences.register(
        "problems", leaving=problems_staying.of_leaving, ending=problems_staying.of_ending
    )
    naming.register("campaigns", plans.follow_names)
    naming.register("pledges", items.follow_names)
    naming.register("work", records.follow_names)
    naming.register("bulletins", bulletins.follow_names)
    naming.register("disclosure", disclosed.follow_names)
    naming.register("problems", problems_found.follow_names)
    onward.offer("campaign", tier_pages.onward)
    linkable.offer(pledges.linkable)
    linkable.offer(service.linkable)
    linkable.offer(problems.linkable)
    for lister in POSTABLE:
        postable.offer(lister)
    onward.offer("finding", inspection_ways.of_finding)
    handovers.register("letters", letters.bring)
    for name, source in REPORTED.items():
        drafting.register(name, source)
    for where in FOUND_IN:
        problem_sources.register(where)
    for where in problem_sources.raisable():
        onward.offer(where.kind, problem_of(where))
    following.register("suggestion", of_suggestions)
    label_verbs(VERBS)
