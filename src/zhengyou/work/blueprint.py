"""``[duty.CODE]``: who does what, how often, of how much."""

from collections.abc import Mapping
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.drafting import led_by
from zhengyou.campaigns.models import Campaign, SectionCode
from zhengyou.kernel import clock
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Role, StandingKind
from zhengyou.work import carrying, terms_words
from zhengyou.work.actions.enrolled import enrol_what_is_there
from zhengyou.work.asking import (
    TERM_TIME,
    DutyData,
    due_in,
    due_words,
    install,
    of_terms,
    still_asked,
)
from zhengyou.work.crediting import credit_anew
from zhengyou.work.models import Cadence, DutyTerms, Enrols, Part, RecordKind, Scope
from zhengyou.work.reading import RETIRED, read

MOST = 60
"""Duties that a campaign may have: more would be a burden that nobody can carry."""
PUBLISH = "公开"
KINDS = [label for label in labels(RecordKind) if label != RecordKind.DISCLOSURE.label]
"""What a duty may ask for; what is to be laid open stands in a section of its own."""


class DutySection(Section):
    """Duties."""

    name, label, order = "duty", "任务", 65
    note = (
        "任务：who 是谁的任务，只写一种：kind 组织，group 工作组，seats 工作组的成员，\n"
        "standing 人员，post 任职的人，enrolled 登记的对象；人的还可以写 age、retired、without\n"
        "record 是记哪种纪实，记一次，合得上的任务都算；every 是多久一次，times 是几次\n"
        "least 是一共至少多少，each 是每次至少多少；due 只给“到期一次”的，写法和阶段里的期限一样"
    )
    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("who.kind", "哪些组织", Ask.SOME,
                  "这六样只填一样；人员、任职的人可以再选组织，只算在这些组织里的",
                  choices=labels(Kind)),
            Field("who.group", "或者哪个工作组", Ask.CODE, section="group"),
            Field("who.seats", "或者哪个工作组的成员", Ask.CODE, section="group"),
            Field("who.standing", "或者哪些人员", Ask.SOME, choices=labels(StandingKind)),
            Field("who.post", "或者任哪些职务的人", Ask.SOME, "工作组的成员也可以选组长、成员",
                  choices=labels(Role)),
            Field("who.enrolled", "或者登记的哪种对象", Ask.ONE, choices=labels(Enrols)),
            Field("who.age", "多大年纪的人", help="如 60以上、59以下、14至28；空着不论年纪"),
            Field("who.retired", "在职还是离退休", Ask.ONE, choices=list(RETIRED)),
            Field("who.without", "担任这些职务的不算", Ask.SOME, choices=labels(Role)),
            Field("record", "记哪种纪实", Ask.SOME, needed=True, choices=KINDS,
                  lone=True),
            Field("scope", "哪种服务", Ask.SOME, choices=labels(Scope), lone=True),
            Field("part", "本人做什么才算", Ask.ONE, choices=labels(Part)),
            Field("below", "下级哪些组织做的也算", Ask.SOME, choices=labels(Kind)),
            Field("every", "多久一次", Ask.ONE, needed=True, choices=labels(Cadence)),
            Field("times", "几次", Ask.NUMBER, "空着就是 1 次"),
            Field("least", "一共至少多少", help="如 5000字、16学时、80分"),
            Field("each", "每次至少多少", help="如 1500字、2学时；和上面一格只填一格"),
            Field("due", "到期一次的期限",
                  help="从阶段（没有选阶段就从活动）第一天数起，如 第2周、结束前7天；或者日期"),
            Field("when", "只在学期里", Ask.ONE, "放假的周、月不算", choices=[TERM_TIME]),
            Field("phase", "只在哪个阶段", Ask.CODE, section="phase"),
            Field("grace", "过后几天内补上不算过期", help="如 5天"),
            Field("exempt", "什么情况可以免", most=200),
            Field("publish", "公开不公开", Ask.ONE, choices=[PUBLISH]),
            Field("hint", "记什么，注意什么", most=200),
            Field("basis", "依据", most=100),
        ]
    }  # fmt: skip

    def check(self, table: Table) -> list[DutyData]:
        """Read the duties."""
        return [read(code, entry) for code, entry in table.entries(most=MOST)]

    def install(self, campaign: Campaign, data: list[DutyData]) -> None:
        """Make the duties and what they ask for, from the campaign's first day on."""
        for order, duty in enumerate(data):
            install(campaign, duty, campaign.starts_on, order)

    def remove(self, campaign: Campaign) -> None:
        """Delete the duties."""
        campaign.duties.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the duties that are not ended, as they are asked today, or next."""
        return {
            terms.duty.code: terms_words.table(of_terms(terms))
            for terms in _present(campaign)
            if RecordKind.DISCLOSURE not in terms.records
        }

    def summary(self, data: list[DutyData]) -> list[str]:
        """Say who does what how often."""
        return [f"{duty.title}：{terms_words.sentence(duty)}" for duty in data]

    def plan_texts(self, campaign: Campaign) -> Mapping[str, str]:
        """Say in a new plan what is done how often, where the file has no text of its own."""
        if SectionCode.SAFEGUARDS in campaign.plan_texts:
            return {}
        said = [of_terms(terms) for terms in _present(campaign)]
        lines = [led_by(campaign), *terms_words.by_cadence(said)]
        return {SectionCode.SAFEGUARDS.value: "\n".join(lines)} if said else {}

    def opened(self, campaign: Campaign, actor: Actor) -> None:
        """Enter the posts and rotas that are there, and count what was written down before."""
        kinds: set[str] = set()
        with book.writing() as facts:
            for duty in campaign.duties.select_related("campaign__organisation"):
                enrol_what_is_there(facts, actor, duty, campaign.starts_on)
                kinds |= {kind for terms in duty.terms.all() for kind in terms.records}
            credit_anew(campaign, campaign.starts_on, kinds)

    def moved(self, campaign: Campaign) -> None:
        """Keep the dates by which something is due once where the phases went."""
        rows = DutyTerms.objects.filter(duty__campaign=campaign, cadence=Cadence.ONCE)
        for terms in rows.select_related("duty__campaign", "phase"):
            terms.due_on = due_in(campaign, terms.phase, due_words(terms))
            terms.save(update_fields=["due_on"])

    def to_take_over(self, old: Campaign) -> list[str]:
        """Say what goes on: exemptions without an end, intervals that bodies gave themselves."""
        return carrying.to_take_over(old)

    def take_over(self, old: Campaign, new: Campaign, actor: Actor) -> list[str]:
        """Bring these along, and what is enrolled with duties of the same code."""
        return carrying.take_over(old, new)


def _present(campaign: Campaign) -> list[DutyTerms]:
    """Return the terms of today, else the first ones to come, of each duty that is not ended."""
    today = max(clock.today(), campaign.starts_on)
    found = []
    for duty in campaign.duties.prefetch_related("terms__group", "terms__phase"):
        terms = still_asked(duty, today)
        if terms is not None:
            terms.duty = duty
            found.append(terms)
    return found
