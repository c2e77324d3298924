"""``[group.CODE]``: the leading group, its working groups, their duties and seats."""

import re
from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import SEAT_WORDS, Campaign, GroupTemplate
from zhengyou.kernel.texts import tidy_code
from zhengyou.people.models import Role

_RANGE = re.compile(r"(\d{1,3})(?:(?:至|到|-|~|—)(\d{1,3})|(以上))?")
Limits = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class GroupData:
    """A group as the file has it; ``seats`` in the order head, deputy, member."""

    code: str
    title: str
    duty: str
    under: str
    seats: tuple[tuple[Role, Limits], ...]


class GroupSection(Section):
    """Leading and working groups."""

    name, label, order = "group", "工作组", 10
    note = (
        "领导小组和工作组：under 是上一级的组\n"
        "seats 是各席位人数：head 组长、deputy 副组长、member 成员；写 “1” “1至2” “3以上”"
    )

    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("duty", "职责", most=200),
            Field("under", "归哪个组管", Ask.CODE, "最上面的领导小组不填", section="group"),
            Field("seats.head", "组长几人", help="写成 1、1至2、3以上、不限；不设就空着"),
            Field("seats.deputy", "副组长几人"),
            Field("seats.member", "成员几人"),
        ]
    }

    def check(self, table: Table) -> list[GroupData]:
        """Read the groups; ``under`` must not go in a circle."""
        groups = [_group(code, entry) for code, entry in table.entries(most=20)]
        above = {group.code: group.under for group in groups}
        for code in above:
            if code in _line(above, code):
                table.reading.problem(
                    ("group", code, "under"), f"“{code}”绕了一圈又归自己管", "请改 under，或者删去"
                )
                break
        return groups

    def install(self, campaign: Campaign, data: list[GroupData]) -> None:
        """Make the groups, those above first."""
        above = {group.code: group.under for group in data}
        order = {group.code: place for place, group in enumerate(data)}
        rows: dict[str, GroupTemplate] = {}
        for group in sorted(data, key=lambda each: len(_line(above, each.code))):
            rows[group.code] = GroupTemplate.objects.create(
                campaign=campaign,
                code=group.code,
                title=group.title,
                duty=group.duty,
                under=rows.get(group.under),
                seats={role.value: list(limits) for role, limits in group.seats},
                order=order[group.code],
            )

    def remove(self, campaign: Campaign) -> None:
        """Delete the groups."""
        campaign.groups.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the groups."""
        return {group.code: _dump(group) for group in campaign.groups.select_related("under")}

    def summary(self, data: list[GroupData]) -> list[str]:
        """Name the groups."""
        return [f"{group.title}：{seats_in_words(dict(group.seats))}" for group in data]


def seats_in_words(seats: dict[Role, Limits]) -> str:
    """Return 组长 1 人、副组长 1至2 人、成员 3 人以上."""
    words = [f"{role.label} {_people(limits)}" for role, limits in seats.items()]
    return "、".join(words) or "不设席位"


def _line(above: dict[str, str], code: str) -> list[str]:
    """Return the codes above ``code``, stopping where they repeat."""
    line: list[str] = []
    here = above.get(code, "")
    while here and here not in line:
        line.append(here)
        here = above.get(here, "")
    return line


def _group(code: str, table: Table) -> GroupData:
    seats = table.table("seats")
    for word in SEAT_WORDS:
        seats.text(word, most=20, default="")  # asked for, so that no other word slips in
    found = [(role, _limits(seats, word)) for word, role in SEAT_WORDS.items() if word in seats]
    return GroupData(
        code=code,
        title=table.text("title"),
        duty=table.text("duty", most=200, default=""),
        under=table.code("under", "group", default=""),
        seats=tuple(found),
    )


def _limits(seats: Table, word: str) -> Limits:
    given = seats.text(word, most=20)
    match = _RANGE.fullmatch(tidy_code(given))
    if given == "不限":
        return 0, None
    if not match:
        if given:
            seats.problem(word, f"看不懂人数“{given}”", "请写成“1”“1至2”“3以上”或“不限”")
        return 0, None
    least = int(match[1])
    most = None if match[3] else int(match[2] or least)
    if most is not None and (most < least or not most):
        seats.problem(word, f"人数“{given}”不对", "前面的数要小，后面的数要大，如“1至2”")
    return least, most


def _people(limits: Limits) -> str:
    least, most = limits
    if most is None:
        return f"{least} 人以上" if least else "人数不限"
    return f"{_range(limits)} 人"


def _range(limits: Limits) -> str:
    least, most = limits
    if most is None:
        return f"{least}以上" if least else "不限"
    return str(least) if least == most else f"{least}至{most}"


def _dump(group: GroupTemplate) -> dict[str, Any]:
    values = {
        "title": group.title,
        "duty": group.duty,
        "under": group.under.code if group.under else "",
        "seats": {
            word: _range(group.limits(role))
            for word, role in SEAT_WORDS.items()
            if role in group.seats
        },
    }
    return {key: value for key, value in values.items() if value}
