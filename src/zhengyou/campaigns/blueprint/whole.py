"""A whole blueprint: checked, installed as a campaign, told in words, and saved again."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from zhengyou.campaigns.blueprint import formats, header, later
from zhengyou.campaigns.blueprint.header import Header
from zhengyou.campaigns.blueprint.moving import moved
from zhengyou.campaigns.blueprint.phases import days_of
from zhengyou.campaigns.blueprint.problem import Flawed, Problem, did_you_mean
from zhengyou.campaigns.blueprint.sections import sections
from zhengyou.campaigns.blueprint.syntax import decode, parse
from zhengyou.campaigns.blueprint.table import Reading
from zhengyou.campaigns.blueprint.writer import write
from zhengyou.campaigns.models import Campaign

TOP = (
    "{title}（活动蓝图）\n"
    "左边的英文栏目名和方括号里的代号不要改，引号里的中文可以改。\n"
    "改完用 zhengyou blueprint check 检查，或者在网页“新建活动”里上传检查。"
)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A file that was checked and is in order.

    Args:
        data: section name → what its ``check`` returned.
    """

    text: str
    header: Header
    data: dict[str, Any]

    def last_day(self, begins: date) -> date:
        """Return the last day of a campaign that begins on ``begins``.

        Raises:
            Refused: fixed dates of the file do not go with it.
        """
        return max(ends_on for _, ends_on in days_of(self.data["phase"], begins).values())

    def install(self, campaign: Campaign) -> None:
        """Fill ``campaign``, which has its first day, and save it; inside a transaction.

        Raises:
            Refused: fixed dates of the file do not go with the first day.
        """
        header.install(campaign, self.header)
        campaign.keep_blueprint(self.text, self.header.version)
        campaign.ends_on = self.last_day(campaign.starts_on)
        campaign.save()
        for section in sections():
            section.install(campaign, self.data[section.name])

    def summary(self) -> list[tuple[str, list[str]]]:
        """Return what the file says in words: heading and lines, part by part."""
        top = self.header
        lines = [
            f"名称：{top.title}",
            f"主题：{top.theme}",
            f"覆盖：{'、'.join(str(kind.label) for kind in top.covers)}",
            f"承诺墙上{top.wall.label}，公示{top.notice.label}",
        ]
        if top.basis:
            lines.append(f"依据：{'；'.join(top.basis)}")
        if top.consult:
            lines.append(f"方案送审前要征求意见 {top.consult} 个工作日")
        if top.answer:
            lines.append(f"群众意见 {top.answer} 个工作日内答复")
        parts = [("总的", lines)]
        parts += [(part.label, part.summary(self.data[part.name])) for part in sections()]
        return [(label, lines) for label, lines in parts if lines]


def check(text: str) -> Blueprint:
    """Return the blueprint that ``text`` is.

    Raises:
        Flawed: with all its problems, by line.
    """
    values, positions = parse(text)
    labels = {section.name: section.label for section in sections()}
    reading = Reading(values, positions, labels)
    if not formats.upgrade(reading):
        raise Flawed(reading.problems)
    top = header.check(reading.table())
    _look_for_strangers(reading)
    data = {section.name: section.check(reading.table(section.name)) for section in sections()}
    reading.finish()
    if reading.problems:
        raise Flawed(dict.fromkeys(reading.problems))
    return Blueprint(text, top, data)


def _look_for_strangers(reading: Reading) -> None:
    """Refuse what stands at the top level and is neither of the header nor a section."""
    known = [*header.KEYS, *reading.labels]
    for name, value in reading.values.items():
        if name in later.SECTIONS:
            _refuse_by_name(reading, name, value)
        elif name in reading.labels and not isinstance(value, dict):
            reading.problem((name,), f"“{name}”不是一节", f"请写成 [{name}.代号] 一节一节的")
        elif name not in known and isinstance(value, dict):
            reading.problem((name,), f"不认识 [{name}] 这一节", did_you_mean(name, reading.labels))
        elif name not in known:
            reading.problem((name,), f"不认识“{name}”", did_you_mean(name, known))


def _refuse_by_name(reading: Reading, name: str, value: Any) -> None:
    """Complain about each table of a later capability where it stands."""
    entries = value if isinstance(value, dict) else {}
    codes = [code for code, entry in entries.items() if isinstance(entry, dict)]
    for code in codes or [""]:
        reading.problem((name, code) if code else (name,), *later.refusal(name, code))


def dump(campaign: Campaign) -> str:
    """Return ``campaign`` as a blueprint, as it is today: "save as blueprint"."""
    return _written(_values(campaign))


def dump_again(campaign: Campaign, title: str, begins: date) -> str:
    """Return ``campaign`` as it is today as the blueprint of its next run.

    Args:
        title: of the next run.
        begins: its first day; fixed dates of the file move along: by whole years where it begins
            on the same day of a later year, else by as many days as lie between the two.
    """
    values = moved(_values(campaign), campaign.starts_on, begins)
    return _written(values | {"title": title})


def _values(campaign: Campaign) -> dict[str, Any]:
    dumped = {section.name: section.dump(campaign) for section in sections()}
    top: dict[str, Any] = {"format": formats.FORMAT, **header.dump(campaign)}
    return top | {name: table for name, table in dumped.items() if table}


def _written(values: dict[str, Any]) -> str:
    notes = {each.name: each.note for each in sections() if each.name in values}
    return write(values, notes, TOP.format(title=values["title"]))


@dataclass(frozen=True, slots=True)
class Shipped:
    """A blueprint file that comes with the product."""

    name: str
    path: Path
    title: str
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """What stands in it."""
        return decode(self.path.read_bytes())


def shipped() -> list[Shipped]:
    """Return the blueprints in ``settings.BLUEPRINT_FOLDER``, by file name."""
    found = []
    for path in sorted(Path(settings.BLUEPRINT_FOLDER).glob("*.toml")):
        try:
            title = check(decode(path.read_bytes())).header.title
        except Flawed as flawed:
            found.append(Shipped(path.stem, path, path.stem, tuple(flawed.problems)))
        else:
            found.append(Shipped(path.stem, path, title))
    return found
