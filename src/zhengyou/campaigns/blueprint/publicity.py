"""``[publicity.CODE]``: what is made public, by which channel, when and by whom."""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, Channel, PublicityItem
from zhengyou.kernel.periods import Kind
from zhengyou.people.models import Role

CADENCES = {kind: f"每{kind.label}" for kind in Kind}
"""How often, as blueprints say it."""


@dataclass(frozen=True, slots=True)
class PublicityData:
    """An arrangement as the file has it; once in a phase (a code) or once in every period.

    Args:
        during: title of the phase, for words.
    """

    code: str
    title: str
    channel: Channel
    phase: str
    cadence: Kind | None
    owner: Role | None
    group: str
    focus: str
    during: str = ""


class PublicitySection(Section):
    """What is made public where."""

    name, label, order = "publicity", "宣传安排", 55
    note = (
        "宣传安排：channel 是渠道；phase 是哪个阶段办一次，period 是多久办一次（每月、每学期）\n"
        "who 是谁来办；focus 是重点内容。各支部的宣传计划照这里排出来，自己再改"
    )

    fields = {
        "": [
            Field("title", "宣传什么", needed=True),
            Field("channel", "渠道", Ask.ONE, needed=True, choices=labels(Channel)),
            Field("phase", "哪个阶段办一次", Ask.CODE, "和下面一格只填一格", section="phase"),
            Field("period", "或者多久办一次", Ask.ONE, choices=list(CADENCES.values())),
            Field("who.post", "谁来办", Ask.ONE, "和下面一格最多填一格", choices=labels(Role)),
            Field("who.group", "或者哪个组来办", Ask.CODE, section="group"),
            Field("focus", "重点内容", most=200),
        ]
    }

    def check(self, table: Table) -> list[PublicityData]:
        """Read the arrangements."""
        return [_item(code, entry) for code, entry in table.entries(most=40)]

    def install(self, campaign: Campaign, data: list[PublicityData]) -> None:
        """Make the arrangements; phases and groups are there already."""
        phases = {phase.code: phase for phase in campaign.phases.all()}
        groups = {group.code: group for group in campaign.groups.all()}
        PublicityItem.objects.bulk_create(
            PublicityItem(
                campaign=campaign,
                code=item.code,
                title=item.title,
                channel=item.channel,
                phase=phases.get(item.phase),
                cadence=item.cadence or "",
                owner=item.owner or "",
                owner_group=groups.get(item.group),
                focus=item.focus,
                order=order,
            )
            for order, item in enumerate(data)
        )

    def remove(self, campaign: Campaign) -> None:
        """Delete the arrangements."""
        campaign.publicity.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the arrangements."""
        rows = campaign.publicity.select_related("phase", "owner_group")
        return {row.code: _dump(row) for row in rows}

    def summary(self, data: list[PublicityData]) -> list[str]:
        """Say what goes where and when."""
        return [
            f"{item.title}：{item.channel.label}，"
            f"{CADENCES[item.cadence] if item.cadence else f'在阶段“{item.during}”里'}"
            for item in data
        ]


def _item(code: str, table: Table) -> PublicityData:
    title = table.text("title")
    channel = table.choice("channel", Channel)
    phase, cadence = table.code("phase", "phase", default=""), _cadence(table)
    if ("phase" in table) == ("period" in table):
        table.problem(
            "period" if "period" in table else None,
            f"{table.heading}要写清什么时候办",
            '请写 phase = "阶段的代号"（那个阶段办一次）或者 period = "每月"，只写一个',
        )
    role, group = _who(table)
    return PublicityData(
        code=code,
        title=title,
        channel=channel or Channel.BOARD,
        phase=phase,
        cadence=cadence,
        owner=role,
        group=group,
        focus=table.text("focus", most=200, default=""),
        during=_title_of(table, phase),
    )


def _title_of(table: Table, phase: str) -> str:
    """Return the title of a phase as the file has it, its code where there is none."""
    phases = table.reading.values.get("phase")
    entry = phases.get(phase) if isinstance(phases, dict) else None
    title = entry.get("title") if isinstance(entry, dict) else None
    return title if isinstance(title, str) else phase


def _who(table: Table) -> tuple[Role | None, str]:
    who = table.table("who")
    role, group = who.choice("post", Role, default=None), who.code("group", "group", default="")
    if "who" in table and len(who.values) != 1:
        table.problem(
            "who",
            f"{table.heading}的 who 写得不对",
            '请写 who = { post = "书记" } 或者 who = { group = "工作组的代号" }',
        )
    return role, group


def _cadence(table: Table) -> Kind | None:
    given = table.text("period", most=10, default="")
    kind = next((kind for kind, label in CADENCES.items() if label == given), None)
    if given and kind is None:
        table.problem("period", f"看不懂“{given}”", did_you_mean(given, list(CADENCES.values())))
    if kind == Kind.TERM and not table.reading.values.get("terms"):
        table.problem("period", "写了每学期，可是没有写学期", "请在文件开头写 terms，或者改成每月")
    return kind


def _dump(item: PublicityItem) -> dict[str, Any]:
    who = {"post": str(Role(item.owner).label)} if item.owner else {}
    values = {
        "title": item.title,
        "channel": str(Channel(item.channel).label),
        "phase": item.phase.code if item.phase else "",
        "period": CADENCES[Kind(item.cadence)] if item.cadence else "",
        "who": {"group": item.owner_group.code} if item.owner_group else who,
        "focus": item.focus,
    }
    return {key: value for key, value in values.items() if value}
