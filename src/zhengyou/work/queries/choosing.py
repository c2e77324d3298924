"""What may be recorded, for which body: the first page of writing one down."""

from dataclasses import dataclass, field

from zhengyou.campaigns.models import CampaignState, Programme
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation
from zhengyou.work import rules
from zhengyou.work.models import FAMILY_OF, MADE_ELSEWHERE, DutyTerms, RecordFamily, RecordKind
from zhengyou.work.queries.series import Coming, coming_of

_PARTY_LIFE = {
    RecordKind.ASSEMBLY: (Kind.BRANCH,),
    RecordKind.COMMITTEE: (Kind.BRANCH, Kind.GENERAL_BRANCH, Kind.PARTY_COMMITTEE),
    RecordKind.GROUP_MEETING: (Kind.PARTY_GROUP,),
    RecordKind.CLASS_MEETING: (Kind.CLASS, Kind.SCHOOL, Kind.COLLEGE, Kind.BRANCH),
    RecordKind.LEADING_MEETING: (Kind.LEADING_GROUP, Kind.WORKING_GROUP),
    RecordKind.CENTRE_GROUP: (Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.BRANCH),
}
"""Kinds that only some bodies hold."""


@dataclass(slots=True)
class Choosing:
    """What is offered.

    Args:
        wanted: kinds that a duty of a campaign asks for; ``families``: all of them.
    """

    may: Verdict
    wanted: list[RecordKind]
    families: list[tuple[str, list[RecordKind]]]
    bodies: list[Organisation] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)


_F = RecordFamily
SHELVES = (
    ("会议", (_F.MEETING,)),
    ("学习、讲课、培训", (_F.STUDY, _F.LECTURE, _F.TRAINING)),
    ("谈心、走访、服务、调解", (_F.TALK, _F.VISIT, _F.SERVICE, _F.MEDIATION)),
    ("活动、竞赛、实践、宣传", (_F.EVENT, _F.CONTEST, _F.PRACTICE, _F.PUBLICITY)),
    ("值班、听课、检查", (_F.WATCH,)),
)
"""Families as the page groups them."""


def choosing_page(actor: Actor, body: Organisation) -> Choosing:
    """Return which kinds ``actor`` may record for ``body``, those that duties ask for first."""
    every = rules.may_record(actor, body)
    allowed = [kind for kind in RecordKind if held_by(kind, body) and kind not in MADE_ELSEWHERE]
    if not every:
        allowed = [kind for kind in allowed if rules.may_record_kind(actor, body, kind)]
    asked = _asked(body)
    families = [
        (title, [kind for kind in allowed if FAMILY_OF[kind] in of]) for title, of in SHELVES
    ]
    return Choosing(
        may=every if not allowed or every else Verdict.yes(),
        wanted=[kind for kind in allowed if kind.value in asked],
        families=[(name, kinds) for name, kinds in families if kinds],
        bodies=[each for each in rules.offered_bodies(actor) if each.pk != body.pk],
        coming=coming_of(body) if every else [],
    )


def held_by(kind: RecordKind, body: Organisation) -> bool:
    """Whether bodies of this kind hold such meetings."""
    kinds = _PARTY_LIFE.get(kind)
    party = Kind(body.kind).family == Family.PARTY
    return Kind(body.kind) in kinds if kinds else party or kind not in _OF_THE_PARTY


_OF_THE_PARTY = {
    RecordKind.THEME_DAY, RecordKind.ORG_LIFE, RecordKind.DEMOCRATIC_LIFE,
    RecordKind.LISTENING, RecordKind.LECTURE,
}  # fmt: skip


def _asked(body: Organisation) -> set[str]:
    """Return the kinds that duties of open campaigns above ``body`` ask for today."""
    line = [*paths.ancestors(body.path), body.path]
    terms = DutyTerms.objects.on(clock.today()).filter(
        duty__campaign__organisation__path__in=line, duty__campaign__state=CampaignState.OPEN
    )
    return {kind for records in terms.values_list("records", flat=True) for kind in records}


def programmes_of(body: Organisation) -> tuple[Programme, ...]:
    """Return the programmes of open campaigns above ``body``."""
    line = [*paths.ancestors(body.path), body.path]
    rows = Programme.objects.filter(
        campaign__organisation__path__in=line, campaign__state=CampaignState.OPEN
    )
    return tuple(rows.order_by("campaign", "order"))
