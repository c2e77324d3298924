"""The first draft of a body's plan: what the campaign already says, to be made its own.

减负: nobody types what the system knows. A blueprint's ``[plan]`` texts go first, then what other
sections give, then what is put together here from the campaign's rows.
"""

from collections.abc import Callable
from datetime import date

from zhengyou.campaigns.blueprint.sections import sections
from zhengyou.campaigns.models import Campaign, GroupTemplate, Phase, SectionCode, Standard
from zhengyou.people.models import Organisation, Role

_ONE_TO_NINE = "一二三四五六七八九"


def first_draft(campaign: Campaign, body: Organisation) -> dict[SectionCode, str]:
    """Return the text of every section for ``body``, empty where nothing is known."""
    given: dict[str, str] = {}
    for section in reversed(sections()):
        given |= section.plan_texts(campaign)
    given |= campaign.plan_texts
    return {
        code: given.get(code, "").strip() or _WRITERS[code](campaign, body) for code in SectionCode
    }


def _guiding(campaign: Campaign, body: Organisation) -> str:
    who = "" if campaign.organisation.pk == body.pk else f"按照{campaign.organisation.name}的部署，"
    return (
        f"{who}{body.name}结合本单位中心工作开展“{campaign.title}”活动。"
        "坚持围绕中心、服务群众，坚持党员带头，重实效，不走形式。"
    )


def _theme(campaign: Campaign, body: Organisation) -> str:
    return campaign.theme


def _aims(campaign: Campaign, body: Organisation) -> str:
    return _numbered(campaign.aims)


def _carriers(campaign: Campaign, body: Organisation) -> str:
    return _numbered(campaign.carriers)


def _conditions(campaign: Campaign, body: Organisation) -> str:
    rows = campaign.standards.prefetch_related("criteria")
    return "\n\n".join(_standard(row) for row in rows if not row.kinds or body.kind in row.kinds)


def _standard(standard: Standard) -> str:
    points = _numbered([criterion.title for criterion in standard.criteria.all()])
    return f"{standard.subject_label}“{standard.title}”：\n{points}"


def _pledges(campaign: Campaign, body: Organisation) -> str:
    return ""  # What a body promises nobody can know for it.


def _steps(campaign: Campaign, body: Organisation) -> str:
    phases = campaign.phases.prefetch_related("tasks__owner_group")
    return "\n\n".join(_phase(place, phase) for place, phase in enumerate(phases))


def _phase(place: int, phase: Phase) -> str:
    number = _ONE_TO_NINE[place] if place < len(_ONE_TO_NINE) else str(place + 1)
    days = f"{_day(phase.starts_on)}至{_day(phase.ends_on)}"
    tasks = [
        f"{task.title}（{task.owner_label}，{_day(task.due_on)}前）" for task in phase.tasks.all()
    ]
    return "\n".join([f"{number}、{phase.title}（{days}）", *_lines(tasks)])


def _safeguards(campaign: Campaign, body: Organisation) -> str:
    return led_by(campaign)


def led_by(campaign: Campaign) -> str:
    """Return who leads the campaign in a body, a line each."""
    groups = list(campaign.groups.all())
    parts = [_group(group) for group in groups]
    return "\n".join(parts) if parts else "书记是第一责任人，支委会每月过问一次进展。"


def _group(group: GroupTemplate) -> str:
    heads = "，书记任组长" if not group.under_id and group.limits(Role.SEAT_HEAD)[0] else ""
    return f"{group.title}：{group.duty or '按分工办事'}{heads}。"


def _numbered(items: list[str]) -> str:
    return "\n".join(_lines(items))


def _lines(items: list[str]) -> list[str]:
    return [f"{number}. {item}" for number, item in enumerate(items, start=1)]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_WRITERS: dict[SectionCode, Callable[[Campaign, Organisation], str]] = {
    SectionCode.GUIDING: _guiding,
    SectionCode.THEME: _theme,
    SectionCode.AIMS: _aims,
    SectionCode.CARRIERS: _carriers,
    SectionCode.CONDITIONS: _conditions,
    SectionCode.PLEDGES: _pledges,
    SectionCode.STEPS: _steps,
    SectionCode.SAFEGUARDS: _safeguards,
}
