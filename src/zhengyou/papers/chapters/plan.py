"""Two: the plan, and who leads."""

from collections.abc import Iterator

from zhengyou.campaigns.models import SectionCode
from zhengyou.climb.models import ClimbState
from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.chapters.common import FEW, count
from zhengyou.papers.records import Records
from zhengyou.people.models import Role
from zhengyou.ui.text import long_date

LONG = 240
"""Characters of a section of the plan that the paper gives; of a longer one its first points."""


def write(records: Records) -> Iterator[Part]:
    """Say how the plan went, what it says and who leads."""
    if records.own is None:
        yield Para("steps", ("本级不另定方案，按活动总方案推动下级。",))
        return
    plan = records.own.plan
    if plan is None:
        yield Para("steps", ("本级还没有采用活动方案。",))
        return
    steps = [f"方案于{long_date(plan.adopted_on)}采用"]
    done = {
        "送审": plan.submitted_at if records.own.state in _SENT else None,
        "经上级同意": plan.approved_at,
        "公开": plan.published_at,
    }
    for word, moment in done.items():
        if day := records.by_then(moment):
            steps.append(f"{long_date(day)}{word}")
    pieces: list[Piece] = ["，".join(steps)]
    if records.returns:
        pieces += ["，其间退回修改", count(records, "returns")]
    yield Para("steps", (*pieces, "。"))
    if records.grounds:
        yield Para("grounds", (f"方案依据{'、'.join(records.grounds)}。",))
    texts = records.plan_texts
    for code in (SectionCode.THEME, SectionCode.CARRIERS, SectionCode.CONDITIONS):
        if texts.get(code, "").strip():
            yield Para(code.value, (f"{code.label}：{_short(_one_line(texts[code]))}",))
    yield from _leading_group(records)


_SENT = (ClimbState.SUBMITTED, ClimbState.APPROVED, ClimbState.PUBLISHED)


def _one_line(text: str) -> str:
    """Return several lines as one sentence: a line that ends with a colon leads the next ones."""
    joined = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        part = line.rstrip("。；;，")
        joined += part if not joined or joined.endswith(("：", ":")) else f"；{part}"
    return joined.rstrip("：:") + "。"


def _short(text: str) -> str:
    """Return the first points of a long sentence: the plan itself has all of it."""
    if len(text) <= LONG:
        return text
    end = max(text.rfind(mark, 0, LONG) for mark in "；。，")
    return f"{text[: end if end > 0 else LONG]}……（全文见方案）。"


def _names(held: list[str]) -> str:
    return "、".join(held) if len(held) <= FEW else f"{'、'.join(held[:FEW])}等{len(held)}人"


def _leading_group(records: Records) -> Iterator[Part]:
    if not records.seats:
        yield Para("group", ("领导小组还没有定下人员。",))
        return
    yield Para("group", ("成立了领导小组和工作组，共", count(records, "seats"), "，名单如下。"))
    rows: dict[str, dict[str, list[str]]] = {}
    duties: dict[str, str] = {}
    for seat in records.seats:
        rows.setdefault(seat.group, {}).setdefault(seat.post.role, []).append(seat.post.person.name)
        duties[seat.group] = seat.duty
    roles = (Role.SEAT_HEAD, Role.SEAT_DEPUTY, Role.SEAT_MEMBER)
    yield Grid(
        "group_list",
        "领导小组和工作组",
        ("组", "组长", "副组长", "成员", "职责"),
        tuple(
            (group, *(_names(held.get(role, ["—"])) for role in roles), duties[group])
            for group, held in rows.items()
        ),
        (2, 1.2, 1.6, 3, 3),
    )
