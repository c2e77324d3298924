"""``[disclosure.CODE]``: what is laid open, by category, how often, until when after the period."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign
from zhengyou.disclosure.models import CATEGORY, Audience, DisclosureTopic
from zhengyou.kernel import clock
from zhengyou.people.models import Kind
from zhengyou.work import terms_words
from zhengyou.work.asking import TERM_TIME, DutyData, install, of_terms, still_asked
from zhengyou.work.models import Cadence, RecordKind, Whose
from zhengyou.work.reading import read

MOST = 30
"""Topics that a campaign may have."""
PREFIX = "open-"
"""What the code of a topic's duty begins with; the duty's own code follows."""
LONGEST_CODE = 40 - len(PREFIX)
NUMBERS, SECOND = "要写数", "要两个人"


@dataclass(frozen=True, slots=True)
class TopicData:
    """A topic as the file has it: the duty, and what a duty does not say."""

    code: str
    duty: DutyData
    category: str
    must: tuple[str, ...]
    numbers: bool
    audience: Audience
    second: bool


class DisclosureSection(Section):
    """What is laid open."""

    name, label, order = "disclosure", "公开", 96
    note = (
        "公开（三公开、厂务公开、村务公开）：category 是哪一类，who 写哪些组织，every 多久一次，\n"
        "grace 是过后几天内要公开，must 是要写到的几样；到期没有公开的，公开页上大家都看得到\n"
        f'numbers = "{NUMBERS}" 是要填数，check = "{SECOND}" 是写的人不能自己公开\n'
        'audience = "本单位职工" 的只给本单位的人看，不上公开页'
    )
    fields = {
        "": [
            Field("title", "公开什么", needed=True),
            Field("category", "哪一类", needed=True, help="如 校务公开、党务公开、村务公开",
                  most=CATEGORY),
            Field("who.kind", "哪些组织", Ask.SOME, needed=True, choices=labels(Kind)),
            Field("every", "多久一次", Ask.ONE, needed=True, choices=labels(Cadence)),
            Field("grace", "过后几天内公开", help="如 15天；空着就要在这一期里公开"),
            Field("must", "要写到的", Ask.LINES, "一行一样"),
            Field("numbers", "要不要填数", Ask.ONE, choices=[NUMBERS]),
            Field("audience", "给谁看", Ask.ONE, "空着就是公开", choices=labels(Audience)),
            Field("check", "谁来公开", Ask.ONE, "写的人不能自己公开的选这个", choices=[SECOND]),
            Field("when", "只在学期里", Ask.ONE, "放假的周、月不算", choices=[TERM_TIME]),
            Field("due", "到期一次的期限", help="从活动第一天数起，如 第2周、结束前7天；或者日期"),
            Field("phase", "只在哪个阶段", Ask.CODE, section="phase"),
            Field("exempt", "什么情况可以免", most=200),
            Field("hint", "注意什么", most=200),
            Field("basis", "依据", most=100),
        ]
    }  # fmt: skip

    def check(self, table: Table) -> list[TopicData]:
        """Read the topics."""
        return [_read(code, entry) for code, entry in table.entries(most=MOST)]

    def install(self, campaign: Campaign, data: list[TopicData]) -> None:
        """Make the topics with their duties, from the campaign's first day on."""
        first = campaign.duties.count()
        for order, topic in enumerate(data):
            duty = install(campaign, topic.duty, campaign.starts_on, first + order)
            DisclosureTopic.objects.create(
                duty=duty, code=topic.code, category=topic.category, must=list(topic.must),
                numbers=topic.numbers, audience=topic.audience, second=topic.second, order=order,
            )  # fmt: skip

    def remove(self, campaign: Campaign) -> None:
        """Delete the topics and their duties."""
        campaign.duties.filter(topic__isnull=False).delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the topics that are still asked for."""
        rows = DisclosureTopic.objects.filter(duty__campaign=campaign).select_related("duty")
        rows = rows.prefetch_related("duty__terms__group", "duty__terms__phase")
        found = {row.code: _dump(row, campaign) for row in rows}
        return {code: values for code, values in found.items() if values}

    def summary(self, data: list[TopicData]) -> list[str]:
        """Say what is laid open how often."""
        return [
            f"{topic.category}“{topic.duty.title}”：{terms_words.sentence(topic.duty)}"
            for topic in data
        ]


def _read(code: str, table: Table) -> TopicData:
    if len(code) > LONGEST_CODE:
        table.problem(None, f"代号“{code}”太长", f"最多 {LONGEST_CODE} 个字符，请写短些")
    duty = read(code, table, RecordKind.DISCLOSURE)
    if duty.whose != Whose.BODIES:
        table.problem("who", "公开是组织的事", '请写成 who = { kind = ["党支部"] }')
    audience = table.choice("audience", Audience, default=None)
    return TopicData(
        code=code,
        duty=replace(duty, code=f"{PREFIX}{code}"[:40]),
        category=table.text("category", most=CATEGORY),
        must=tuple(table.texts("must", most=12, each=60, default=[])),
        numbers=_said(table, "numbers", NUMBERS),
        audience=audience or Audience.PUBLIC,
        second=_said(table, "check", SECOND),
    )


def _said(table: Table, key: str, word: str) -> bool:
    given = table.text(key, most=10, default="")
    if given and given != word:
        table.problem(key, f"不认识“{given}”", f'要就写 {key} = "{word}"，不要就删去')
    return given == word


def _dump(topic: DisclosureTopic, campaign: Campaign) -> dict[str, Any]:
    terms = still_asked(topic.duty, max(clock.today(), campaign.starts_on))
    if terms is None:
        return {}
    terms.duty = topic.duty
    duty = terms_words.table(of_terms(terms))
    duty.pop("record", None)
    public = topic.audience == Audience.PUBLIC
    values = {
        "title": duty.pop("title"),
        "category": topic.category,
        **duty,
        "must": topic.must,
        "numbers": NUMBERS if topic.numbers else "",
        "audience": "" if public else str(Audience(topic.audience).label),
        "check": SECOND if topic.second else "",
    }
    return {key: value for key, value in values.items() if value}


def categories(topics: Iterable[DisclosureTopic]) -> list[str]:
    """Return the categories of ``topics``, each once, in their order."""
    return list(dict.fromkeys(topic.category for topic in topics))
