"""``[standard.CODE]`` and ``[programme.CODE]``: what one is measured by and tied to."""

from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, Criterion, Programme, Standard, Subject
from zhengyou.people.models import Kind


@dataclass(frozen=True, slots=True)
class StandardData:
    """A standard as the file has it."""

    code: str
    title: str
    subject: Subject
    kinds: tuple[Kind, ...]
    audience: str
    criteria: tuple[tuple[str, str], ...]


class StandardSection(Section):
    """Standards with their criteria."""

    name, label, order = "standard", "标准", 40
    note = "标准：for 写“党员”“党组织”或者组织类别；criteria 是一条一条的要求"

    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("for", "给谁的", Ask.SOME, "党员、党组织只选一个；或者选几类组织", needed=True,
                  choices=[*labels(Subject), *labels(Kind)], lone=True),
            Field("audience", "人群", help="分类指导时写，如 青年教师"),
            Field("criteria", "一条一条的要求", Ask.PAIRS, needed=True,
                  help="一行一条：代号 = 要求；代号用小写英文字母，新加的可以只写要求"),
        ]
    }  # fmt: skip

    def check(self, table: Table) -> list[StandardData]:
        """Read the standards."""
        return [_standard(code, entry) for code, entry in table.entries(most=20)]

    def install(self, campaign: Campaign, data: list[StandardData]) -> None:
        """Make the standards and their criteria."""
        for order, standard in enumerate(data):
            row = Standard.objects.create(
                campaign=campaign,
                code=standard.code,
                title=standard.title,
                subject=standard.subject,
                kinds=[kind.value for kind in standard.kinds],
                audience=standard.audience,
                order=order,
            )
            Criterion.objects.bulk_create(
                Criterion(standard=row, code=code, title=title, order=place)
                for place, (code, title) in enumerate(standard.criteria)
            )

    def remove(self, campaign: Campaign) -> None:
        """Delete the standards."""
        campaign.standards.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the standards."""
        rows = campaign.standards.prefetch_related("criteria")
        return {standard.code: _dump(standard) for standard in rows}

    def summary(self, data: list[StandardData]) -> list[str]:
        """Say how many criteria each has."""
        return [f"{standard.title}：{len(standard.criteria)} 条" for standard in data]


class ProgrammeSection(Section):
    """Programmes of the daily work."""

    name, label, order = "programme", "专项工作", 30
    note = "结合的专项工作：承诺和记录可以归到这里"

    fields = {"": [Field("title", "名称", needed=True)]}

    def check(self, table: Table) -> list[tuple[str, str]]:
        """Read code and title of each programme."""
        return [(code, entry.text("title")) for code, entry in table.entries(most=20)]

    def install(self, campaign: Campaign, data: list[tuple[str, str]]) -> None:
        """Make the programmes."""
        Programme.objects.bulk_create(
            Programme(campaign=campaign, code=code, title=title, order=order)
            for order, (code, title) in enumerate(data)
        )

    def remove(self, campaign: Campaign) -> None:
        """Delete the programmes."""
        campaign.programmes.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the programmes."""
        return {row.code: {"title": row.title} for row in campaign.programmes.all()}

    def summary(self, data: list[tuple[str, str]]) -> list[str]:
        """Name the programmes."""
        return ["、".join(title for _, title in data)] if data else []


def _standard(code: str, table: Table) -> StandardData:
    subject, kinds = _for(table)
    criteria = table.table("criteria")
    if not criteria.values:
        table.problem(
            "criteria" if "criteria" in table else None,
            f"{table.heading}没有写一条一条的要求",
            '请写 criteria = { 代号 = "要求", … }',
        )
    return StandardData(
        code=code,
        title=table.text("title"),
        subject=subject,
        kinds=tuple(kinds),
        audience=table.text("audience", default=""),
        criteria=tuple(criteria.pairs().items()),
    )


def _for(table: Table) -> tuple[Subject, list[Kind]]:
    """Read ``for``: 党员, 党组织, or one or several kinds of covered bodies."""
    words = table.values.get("for")
    if isinstance(words, list):
        return Subject.ORGANISATION, [
            kind for kind in table.labels("for", Kind) if _covered(table, kind)
        ]
    given = table.text("for", most=20)
    for subject in Subject:
        if given == subject.label:
            return subject, []
    kind = next((kind for kind in Kind if kind.label == given), None)
    if kind is not None:
        return Subject.ORGANISATION, [kind] if _covered(table, kind) else []
    if given:
        known = [str(each.label) for each in (*Subject, *Kind)]
        table.problem("for", f"不认识“{given}”", did_you_mean(given, known))
    return Subject.PERSON, []


def _covered(table: Table, kind: Kind) -> bool:
    covers = table.reading.values.get("covers", [])
    if not isinstance(covers, list) or kind.label in covers:
        return True
    table.problem("for", f"活动没有覆盖“{kind.label}”", "请在 covers 里加上，或者从这里删去")
    return False


def _dump(standard: Standard) -> dict[str, Any]:
    kinds = [str(Kind(kind).label) for kind in standard.kinds]
    values = {
        "title": standard.title,
        "for": kinds or str(Subject(standard.subject).label),
        "audience": standard.audience,
        "criteria": {criterion.code: criterion.title for criterion in standard.criteria.all()},
    }
    return {key: value for key, value in values.items() if value}
