"""Begin a campaign from a blueprint, change it while it is prepared or runs, throw a draft away."""

from collections.abc import Mapping, Sequence
from datetime import date

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions.changes import MEANWHILE, note_change
from zhengyou.campaigns.blueprint import check, sections
from zhengyou.campaigns.blueprint.phases import read_due
from zhengyou.campaigns.blueprint.schedule import Timing, due_day, fits, schedule
from zhengyou.campaigns.blueprint.spans import Nth
from zhengyou.campaigns.models import (
    Campaign,
    Milestone,
    NameStyle,
    Phase,
    Standard,
    Task,
)
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.text import long_date

EDITABLE = {
    "title": "名称",
    "theme": "主题",
    "aims": "目标",
    "carriers": "载体",
    "wall_names": "承诺墙上的名字",
    "notice_names": "公示里的名字",
}


def create(actor: Actor, body: Organisation, text: str, starts_on: date) -> Campaign:
    """Make a campaign in preparation from a blueprint.

    Args:
        body: who runs it; it reaches the bodies below that the blueprint covers.
        text: the blueprint file.
        starts_on: its first day; fixed dates of the file must not lie before it.

    Raises:
        Refused: no right, or the file's dates do not go with ``starts_on``.
        Flawed: the file has problems.
    """
    blueprint = check(text)
    with book.writing() as facts:
        rules.may_create_campaign(actor, body).require()
        campaign = Campaign(organisation=body, starts_on=starts_on, created_at=clock.now())
        blueprint.install(campaign)
        facts.record(
            "campaign.create",
            by=actor,
            about=campaign.ref,
            data={
                "organisation": body.uid,
                "title": campaign.title,
                "starts_on": starts_on,
                "blueprint": campaign.blueprint_digest,
            },
        )
    return campaign


def replace_blueprint(
    actor: Actor, campaign: Campaign, text: str, starts_on: date, seen: str = ""
) -> None:
    """Give a campaign in preparation another file or another first day.

    Args:
        seen: digest of the file that was being changed; "" does not compare.

    Raises:
        Refused: no right, it has been started, or the file's dates do not go with ``starts_on``.
        Flawed: the file has problems; nothing is changed.
        Stale: somebody else gave it another file meanwhile.
    """
    blueprint = check(text)
    with book.writing() as facts:
        _lock(campaign)
        rules.may_replace_blueprint(actor, campaign).require()
        if seen and campaign.blueprint_digest != seen:
            raise Stale(MEANWHILE)
        for section in reversed(sections()):
            section.remove(campaign)
        campaign.starts_on = starts_on
        blueprint.install(campaign)
        facts.record(
            "campaign.replace_blueprint",
            by=actor,
            about=campaign.ref,
            data={"starts_on": starts_on, "blueprint": campaign.blueprint_digest},
        )


def discard(actor: Actor, campaign: Campaign) -> None:
    """Delete a campaign that was never started; the facts about it stay.

    Raises:
        Refused: no right, or it has been started.
    """
    with book.writing() as facts:
        _lock(campaign)
        rules.may_replace_blueprint(actor, campaign).require()
        facts.record("campaign.discard", by=actor, about=campaign.ref)
        for section in reversed(sections()):
            section.remove(campaign)
        campaign.delete()


def edit(
    actor: Actor,
    campaign: Campaign,
    *,
    title: str,
    theme: str,
    aims: Sequence[str],
    carriers: Sequence[str],
    wall_names: str = "",
    notice_names: str = "",
    reason: str = "",
) -> list[str]:
    """Reword a campaign; plans that were adopted already keep their words.

    Args:
        wall_names, notice_names: of :class:`NameStyle`; "" as it is.
        reason: why; needed once it runs.

    Returns:
        The fields that changed, none where all is as it was.

    Raises:
        Refused: no right, it has ended, or it runs and no reason is given.
    """
    given = {
        "title": title,
        "theme": theme,
        "aims": list(aims),
        "carriers": list(carriers),
        "wall_names": wall_names or campaign.wall_names,
        "notice_names": notice_names or campaign.notice_names,
    }
    with book.writing() as facts:
        _lock(campaign)
        rules.may_edit_campaign(actor, campaign).require()
        changed = [field for field in EDITABLE if getattr(campaign, field) != given[field]]
        if not changed:
            return []
        rules.says_why(campaign, reason).require()
        words = {
            "reason": reason.strip(),
            "from": {field: getattr(campaign, field) for field in changed},
            "to": {field: given[field] for field in changed},
        }
        for field in changed:
            note_change(
                actor,
                campaign,
                EDITABLE[field],
                _shown(getattr(campaign, field)),
                _shown(given[field]),
                reason,
            )
            setattr(campaign, field, given[field])
        campaign.save(update_fields=changed)
        facts.record(
            "campaign.edit", by=actor, about=campaign.ref, data={"fields": changed}, names=words
        )
    return changed


def move_phases(
    actor: Actor, campaign: Campaign, days: Mapping[str, tuple[date, date]], *, reason: str = ""
) -> list[Phase]:
    """Give phases other days; tasks and key dates move with them.

    Args:
        days: phase code → first and last day; phases left out stay.
        reason: why; needed once the campaign runs.

    Returns:
        The phases that moved, none where all is as it was.

    Raises:
        Refused: no right, it has ended, no reason, or days that cannot be.
    """
    with book.writing() as facts:
        _lock(campaign)
        rules.may_edit_campaign(actor, campaign).require()
        phases = list(campaign.phases.prefetch_related("tasks", "milestones"))
        moved = [
            phase
            for phase in phases
            if days.get(phase.code, (phase.starts_on, phase.ends_on))
            != (phase.starts_on, phase.ends_on)
        ]
        if not moved:
            return []
        rules.says_why(campaign, reason).require()
        before = {phase.code: [phase.starts_on, phase.ends_on] for phase in moved}
        for phase in moved:
            then = _span(phase)
            _move(campaign, phase, *days[phase.code])
            note_change(actor, campaign, f"{phase}的日期", then, _span(phase), reason)
        _retime(campaign, phases, moved)
        campaign.ends_on = max(phase.ends_on for phase in phases)
        campaign.save(update_fields=["ends_on"])
        for section in sections():
            section.moved(campaign)
        facts.record(
            "campaign.move_phases",
            by=actor,
            about=campaign.ref,
            data={
                "from": before,
                "to": {phase.code: [phase.starts_on, phase.ends_on] for phase in moved},
            },
            names={"reason": reason.strip()},
        )
    return moved


def reword_standard(
    actor: Actor, standard: Standard, *, title: str, criteria: Mapping[str, str], reason: str = ""
) -> bool:
    """Reword a standard and its criteria; codes and their number stay.

    Args:
        criteria: code → words, for every criterion.
        reason: why; needed once the campaign runs.

    Returns:
        Whether anything changed.

    Raises:
        Refused: no right, or something was promised against its present words.
    """
    with book.writing() as facts:
        _lock(standard.campaign)
        rules.may_change_standard(actor, standard).require()
        rows = list(standard.criteria.all())
        changed = [row for row in rows if criteria.get(row.code, row.title) != row.title]
        if not changed and title == standard.title:
            return False
        rules.says_why(standard.campaign, reason).require()
        words = {
            "reason": reason.strip(),
            "from": {"title": standard.title} | {row.code: row.title for row in changed},
            "to": {"title": title} | {row.code: criteria[row.code] for row in changed},
        }
        for row in changed:
            what = f"标准“{standard.title}”的一条"
            note_change(actor, standard.campaign, what, row.title, criteria[row.code], reason)
            row.title = criteria[row.code]
            row.save(update_fields=["title"])
        if title != standard.title:
            note_change(actor, standard.campaign, "标准的名称", standard.title, title, reason)
        standard.title = title
        standard.save(update_fields=["title"])
        facts.record(
            "campaign.reword_standard",
            by=actor,
            about=standard.campaign.ref,
            data={"standard": standard.code, "criteria": [row.code for row in changed]},
            names=words,  # free words may name somebody: erasable
        )
    return True


def _shown(value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return "\n".join(value)
    return str(NameStyle(value).label) if value in NameStyle.values else value


def _span(phase: Phase) -> str:
    return f"{long_date(phase.starts_on)}到{long_date(phase.ends_on)}"


def _lock(campaign: Campaign) -> None:
    """Hold the campaign's row and look at it as it is now."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    campaign.refresh_from_db()


def _move(campaign: Campaign, phase: Phase, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused(f"“{phase}”的结束日期早于开始日期，请改日期。")
    if starts_on < campaign.starts_on:
        raise Refused(f"“{phase}”不能早于活动的开始日期 {campaign.starts_on:%Y-%m-%d}，请改日期。")
    phase.starts_on, phase.ends_on = starts_on, ends_on
    timing = Timing.fixed_by(campaign.starts_on, starts_on, ends_on)
    rows: list[Task | Milestone] = [*phase.tasks.all(), *phase.milestones.all()]
    for row in rows:
        due = read_due(row.due)
        row.due_on = min(max(due_day(due, starts_on, ends_on), starts_on), ends_on)
        if isinstance(due, date) or not fits(due, timing):  # What was written is no longer true.
            row.due = str(Nth((row.due_on - starts_on).days + 1, "天"))
        row.save(update_fields=["due", "due_on"])


def _retime(campaign: Campaign, phases: Sequence[Phase], moved: Sequence[Phase]) -> None:
    """Keep what a saved blueprint would say true: a phase whose days no longer follow from its
    timing is timed by its days.
    """
    begins = campaign.starts_on
    wrong = list(moved)
    while wrong:
        for phase in wrong:
            phase.timing = Timing.fixed_by(begins, phase.starts_on, phase.ends_on).values
        timings = [(row.code, row.title, Timing.from_values(row.timing)) for row in phases]
        days = schedule(timings, begins)
        wrong = [row for row in phases if days[row.code] != (row.starts_on, row.ends_on)]
    for phase in phases:
        phase.save(update_fields=["starts_on", "ends_on", "timing"])
