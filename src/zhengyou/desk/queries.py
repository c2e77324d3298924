"""The read model of 工作台: every app's errands in one list, earliest due first."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from zhengyou.campaigns import queries as campaigns
from zhengyou.campaigns.cycles import cycle_days
from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.campaigns.queries import task_desk
from zhengyou.desk import burden
from zhengyou.desk.changes import Change, changes_for
from zhengyou.disclosure.queries import pages as disclosed
from zhengyou.inspections.queries import bulletin_desk
from zhengyou.inspections.queries import desk as inspections_desk
from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.labour.queries import pages as labour
from zhengyou.labour.rules import seats_for, seats_of
from zhengyou.papers.queries import Offer, summaries_for
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.queries import transfers
from zhengyou.pledges import queries as pledges
from zhengyou.problems.queries import desk as problems
from zhengyou.problems.queries import looking_desk
from zhengyou.remarks import queries as remarks
from zhengyou.remarks.rules import may_see_queue
from zhengyou.ui.ribbon import lay_out
from zhengyou.voices.queries import desk as voices_desk
from zhengyou.voices.queries import gathering_desk, ideas_desk
from zhengyou.work.models import RecordKind
from zhengyou.work.queries import duties_desk, record_desk, reports_desk, service_desk
from zhengyou.work.rules import may_record_kind, seeing

WEEKDAYS = "一二三四五六日"
APPS = (
    campaigns, task_desk, pledges, remarks, transfers,
    duties_desk, record_desk, reports_desk, service_desk, disclosed, looking_desk, problems,
    ideas_desk, inspections_desk, bulletin_desk, voices_desk, gathering_desk,
    labour,
)  # fmt: skip
"""The rooms that have something to do or to decide."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What 工作台 shows.

    Args:
        todo: what is due from the actor.
        waiting: what awaits the actor's decision.
        changes: what others did to what is the actor's.
        ribbons: the campaigns that run where the hat is worn.
        offers: papers that the hat may have written.
        sees_remarks: whether the remarks to the hat's body are for these eyes; sees_burden:
            whether the body's burden meter is.
        stands: of which body it is seen how it stands with its duties, None for none.
        confides: whether the actor sits in a group for early warning and mediation, or says who
            does.
        writes: for which body something that was done may be written down, None for none.
    """

    day: date
    todo: list[Errand]
    waiting: list[Errand]
    ribbons: list[dict[str, Any]]
    offers: list[Offer]
    sees_remarks: bool = False
    sees_burden: bool = False
    changes: list[Change] = field(default_factory=list)
    writes: Organisation | None = None
    stands: Organisation | None = None
    confides: bool = False

    @property
    def headline(self) -> str:
        """The finding in one sentence."""
        due = sum(1 for errand in self.todo if errand.kind in ("due", "late"))
        parts = []
        if due:
            parts.append(f"{due} 件到期")
        elif self.todo:
            parts.append(f"{len(self.todo)} 件要办")
        if self.waiting:
            parts.append(f"{len(self.waiting)} 件等您定")
        return f"今天，{'，'.join(parts)}" if parts else "今天没有要办的事"

    @property
    def weekday(self) -> str:
        """星期一 … 星期日."""
        return f"星期{WEEKDAYS[self.day.weekday()]}"


def desk_of(actor: Actor) -> Desk:
    """Return 工作台 of ``actor``."""
    day = clock.today()
    return Desk(
        day,
        errands_of(actor, "todo_for"),
        errands_of(actor, "waiting_for"),
        _ribbons(actor, day),
        summaries_for(actor),
        bool(actor.hat and may_see_queue(actor, actor.hat.organisation)),
        bool(actor.hat and burden.may_see(actor, actor.hat.organisation)),
        changes_for(actor),
        _writes(actor),
        _stands(actor),
        bool(seats_for(actor) or seats_of(actor)),
    )


def _writes(actor: Actor) -> Organisation | None:
    """Return the hat's body if anything may be recorded for it. No query."""
    body = actor.hat.organisation if actor.hat else None
    return body if body and may_record_kind(actor, body, RecordKind.VISIT) else None


def _stands(actor: Actor) -> Organisation | None:
    """Return the hat's body where its duties are for these eyes. No query."""
    body = actor.hat.organisation if actor.hat else None
    return body if body and seeing.may_see_standing(actor, body) else None


def errands_of(actor: Actor, which: str) -> list[Errand]:
    """Return the errands of every room, earliest due first.

    Args:
        which: ``todo_for`` or ``waiting_for``.
    """
    return _sorted([errand for app in APPS for errand in getattr(app, which)(actor)])


def _sorted(errands: list[Errand]) -> list[Errand]:
    return sorted(errands, key=lambda errand: (errand.due is None, errand.due or date.max))


def _ribbons(actor: Actor, day: date) -> list[dict[str, Any]]:
    """Return the ribbons of the campaigns that run at the hat's body or above it."""
    if actor.hat is None:
        return []
    path = actor.hat.organisation.path
    running = Campaign.objects.filter(
        state=CampaignState.OPEN, organisation__path__in=[path, *paths.ancestors(path)]
    ).prefetch_related("phases__milestones", "cycles")
    return [
        lay_out(
            campaign.title,
            [(row.title, row.starts_on, row.ends_on) for row in campaign.phases.all()],
            day,
            url=reverse("campaigns:campaign", args=[campaign.uid]),
            cycles=cycle_days(campaign),
            marks=campaigns.marks_of(campaign),
        )
        for campaign in running
    ]
