"""``[pledge.CODE]``: who pledges, against which standard, how many items, who reviews."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhengyou.campaigns.blueprint.fields import Ask, Field, labels
from zhengyou.campaigns.blueprint.problem import did_you_mean
from zhengyou.campaigns.blueprint.sections import Section
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.models import Campaign, SectionCode, Standard, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import periods
from zhengyou.kernel.texts import tidy_code
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Role, StandingKind
from zhengyou.pledges.models import ItemKind, Outcome, PledgeItem, PledgeRule
from zhengyou.pledges.words import CADENCES

REVIEWERS = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER)
"""Posts that may review; who stands in for them follows from the tree (``pledges.rules``)."""
POSTS = (*REVIEWERS, Role.GROUP_LEADER)
"""Posts that may have a rule of their own."""
MOST = 10
"""Items of one kind that a rule may ask for at least."""
LONGEST = 30
"""Working days for which an intention may be put out for opinions at most."""
_NOTICE = re.compile(r"(\d{1,3})个?工作日")


@dataclass(frozen=True, slots=True)
class RuleData:
    """A rule as the file has it."""

    code: str
    title: str
    subject: Subject
    who: tuple[str, ...]
    posts: tuple[str, ...]
    standard: str
    least: tuple[int, ...]  # in the order of ItemKind
    reviewer: Role
    cadence: periods.Kind
    exempt: str
    notice_days: int


class PledgeSection(Section):
    """Rules of pledges."""

    name, label, order = "pledge", "承诺规则", 60
    note = (
        "承诺规则：who 写人员类别（standing）、职务（post）或者组织类别（kind）；\n"
        "有职务的照职务的规则，别人照人员类别的规则；standard 是对照的标准的代号\n"
        "at_least 是各种承诺至少几条：common 共性，post 岗位，deed 实事\n"
        "reviewer 是谁来审：党员的由本组织的这个职务审，组织的由上级审；"
        "progress 是多久公布一次进展\n"
        "notice 是先公布打算征求意见几个工作日，到期再审；不写就直接审"
    )

    fields = {
        "": [
            Field("title", "名称", needed=True),
            Field("who.standing", "哪些人员", Ask.SOME, "人员、职务写一样，或者写组织",
                  choices=labels(StandingKind)),
            Field("who.post", "担任哪些职务的", Ask.SOME, choices=[str(r.label) for r in POSTS]),
            Field("who.kind", "或者哪些组织", Ask.SOME, choices=labels(Kind)),
            Field("standard", "对照哪条标准", Ask.CODE, needed=True, section="standard"),
            *(Field(f"at_least.{kind.value}", f"{kind.label}至少几条", Ask.NUMBER)
              for kind in ItemKind),
            Field("reviewer.post", "谁来审", Ask.ONE, choices=[str(r.label) for r in REVIEWERS]),
            Field("progress", "多久公布一次进展", Ask.ONE, choices=list(CADENCES.values())),
            Field("notice", "先公布打算几个工作日", help="如 5个工作日；空着就直接审"),
            Field("exempt", "什么人可以不作承诺", most=200),
        ]
    }  # fmt: skip

    def check(self, table: Table) -> list[RuleData]:
        """Read the rules; nobody may fall under two of them, but a post goes before a standing."""
        rules = [_rule(code, entry) for code, entry in table.entries(most=20)]
        seen: dict[str, str] = {}
        for rule in rules:
            for kind in (*rule.who, *rule.posts):
                if kind in seen:
                    table.reading.problem(
                        ("pledge", rule.code, "who"),
                        f"“{_label(rule.subject, kind)}”在 [pledge.{seen[kind]}] 里已经写过",
                        "一类人、一种职务或者一类组织只能照一条规则承诺，请从一处删去",
                    )
                seen.setdefault(kind, rule.code)
        return rules

    def install(self, campaign: Campaign, data: list[RuleData]) -> None:
        """Make the rules; the standards are there already."""
        standards = {row.code: row for row in campaign.standards.all()}
        PledgeRule.objects.bulk_create(
            PledgeRule(
                campaign=campaign,
                code=rule.code,
                title=rule.title,
                subject=rule.subject,
                who=list(rule.who),
                posts=list(rule.posts),
                standard=standards[rule.standard],
                reviewer=rule.reviewer,
                cadence=rule.cadence,
                exempt=rule.exempt,
                notice_days=rule.notice_days,
                order=order,
                **{
                    f"least_{kind}": least
                    for kind, least in zip(ItemKind.values, rule.least, strict=True)
                },
            )
            for order, rule in enumerate(data)
        )

    def remove(self, campaign: Campaign) -> None:
        """Delete the rules."""
        campaign.pledge_rules.all().delete()

    def dump(self, campaign: Campaign) -> dict[str, Any]:
        """Return the rules."""
        return {rule.code: _dump(rule) for rule in campaign.pledge_rules.select_related("standard")}

    def summary(self, data: list[RuleData]) -> list[str]:
        """Say who promises how much."""
        said = [
            f"{rule.title}：{_who_words(rule.subject, (*rule.posts, *rule.who))}，"
            f"{_least_words(rule.least) or '条数不限'}，{_notice_words(rule.notice_days)}"
            f"{CADENCES[rule.cadence]}公布进展"
            for rule in data
        ]
        return [*said, *_order_words(data)]

    def plan_texts(self, campaign: Campaign) -> Mapping[str, str]:
        """Say in a new plan who promises what, where the file has no text of its own for it."""
        if SectionCode.PLEDGES in campaign.plan_texts:
            return {}
        rules = campaign.pledge_rules.select_related("standard")
        lines = [_plan_line(rule) for rule in rules]
        return {SectionCode.PLEDGES.value: "\n".join(lines)} if lines else {}

    def to_take_over(self, old: Campaign) -> list[str]:
        """Say how many promises go on: those whose writers wanted it are in their next drafts."""
        items = PledgeItem.objects.filter(campaign=old, state=ClimbState.PUBLISHED)
        open_ones = items.exclude(outcome=Outcome.FULFILLED)
        wanted = open_ones.filter(fulfilments__standing=True, fulfilments__carry_on=True).count()
        said = []
        if wanted:
            said.append(f"没做完、说好接着做的承诺 {wanted} 条，各人开始写新承诺时放进草稿")
        if items.exists():
            said.append("上一轮的承诺和结果，写新承诺时在手边，按一下就能抄过来")
        return said

    def take_over(self, old: Campaign, new: Campaign, actor: Actor) -> list[str]:
        """Nothing is copied for all at once: what goes on is drafted when each one begins
        (``actions.carrying``), so that nobody finds a promise that he or she has not begun."""
        return self.to_take_over(old)

    def may_change_standard(self, standard: Standard) -> Verdict:
        """A standard that promises refer to keeps its words: what was said must stay true."""
        used = PledgeItem.objects.filter(criterion__standard=standard).exclude(
            state=ClimbState.DRAFT
        )
        return Verdict.of(
            not used.exists(), f"已经有人对照“{standard.title}”作了承诺，标准的文字不能再改。"
        )


def _rule(code: str, table: Table) -> RuleData:
    subject, who, posts = _who(table)
    standard = table.code("standard", "standard")
    _fits(table, subject, standard)
    return RuleData(
        code=code,
        title=table.text("title"),
        subject=subject,
        who=who,
        posts=posts,
        standard=standard,
        least=_least(table),
        reviewer=_reviewer(table),
        cadence=_cadence(table),
        exempt=table.text("exempt", most=200, default=""),
        notice_days=_notice(table),
    )


def _notice(table: Table) -> int:
    """Read ``notice = "5个工作日"``; 0 where there is none."""
    given = table.text("notice", most=20, default="")
    match = _NOTICE.fullmatch(tidy_code(given))
    days = int(match[1]) if match else 0
    if given and not 1 <= days <= LONGEST:
        table.problem(
            "notice", f"看不懂“{given}”", f'请写成 notice = "5个工作日"，最多 {LONGEST} 个工作日'
        )
        return 0
    return days


def _who(table: Table) -> tuple[Subject, tuple[str, ...], tuple[str, ...]]:
    """Return whom a rule is for: values of 人员类别 or 组织类别, and posts."""
    who = table.table("who")
    standings: list[StandingKind] = who.labels("standing", StandingKind, default=[])
    kinds: list[Kind] = who.labels("kind", Kind, default=[])
    posts = _posts(who)
    ways = sum(map(bool, (standings, kinds, posts)))
    if ways != 1:
        table.problem(
            "who" if "who" in table else None,
            f"{table.heading}没有写清谁来承诺" if not ways else "党员、职务和组织要分开写",
            '党员请写 who = { standing = ["正式党员"] }，任职的请写 who = { post = ["委员"] }，'
            '组织请写 who = { kind = ["党支部"] }',
        )
    covers = table.reading.values.get("covers")
    for kind in kinds:
        if isinstance(covers, list) and kind.label not in covers:
            table.problem(
                "who", f"活动没有覆盖“{kind.label}”", "请在 covers 里加上，或者从这里删去"
            )
    if kinds:
        return Subject.ORGANISATION, tuple(kind.value for kind in kinds), ()
    return Subject.PERSON, tuple(standing.value for standing in standings), posts


def _posts(who: Table) -> tuple[str, ...]:
    roles: list[Role] = who.labels("post", Role, default=[])
    for role in roles:
        if role not in POSTS:
            known = "、".join(str(post.label) for post in POSTS)
            who.problem("post", f"不能按“{role.label}”来承诺", f"可以写：{known}")
    return tuple(role.value for role in roles if role in POSTS)


def _fits(table: Table, subject: Subject, standard: str) -> None:
    """A member is not measured by a standard for bodies, nor the other way round."""
    defined = table.reading.values.get("standard")
    entry = defined.get(standard) if isinstance(defined, dict) and standard else None
    target = entry.get("for") if isinstance(entry, dict) else None
    if target is not None and (target == Subject.PERSON.label) != (subject == Subject.PERSON):
        table.problem(
            "standard",
            f"“{standard}”是给{target if isinstance(target, str) else '组织'}的标准",
            f"请换成 for 是{'党员' if subject == Subject.PERSON else '党组织'}的标准",
        )


def _least(table: Table) -> tuple[int, ...]:
    least = table.table("at_least")
    return tuple(least.whole(kind, least=0, most=MOST, default=0) for kind in ItemKind.values)


def _reviewer(table: Table) -> Role:
    reviewer = table.table("reviewer")
    if "reviewer" not in table:
        return Role.SECRETARY
    given: str = reviewer.text("post", most=20)
    role = next((role for role in REVIEWERS if role.label == given), None)
    if role is None:
        if given:
            known = [str(role.label) for role in REVIEWERS]
            reviewer.problem("post", f"不能由“{given}”来审承诺", did_you_mean(given, known))
        return Role.SECRETARY
    return role


def _cadence(table: Table) -> periods.Kind:
    given = table.text("progress", most=10, default=CADENCES[periods.Kind.MONTH])
    kind = next((kind for kind, label in CADENCES.items() if label == given), None)
    if kind is None:
        if given:
            table.problem(
                "progress", f"看不懂“{given}”", did_you_mean(given, list(CADENCES.values()))
            )
        return periods.Kind.MONTH
    if kind == periods.Kind.TERM and not table.reading.values.get("terms"):
        table.problem(
            "progress", "写了每学期，可是没有写学期", "请在文件开头写 terms，或者改成每月"
        )
    return kind


def _plan_line(rule: PledgeRule) -> str:
    least = _least_words([rule.least(kind) for kind in ItemKind]) or "条数不限"
    who = _who_words(Subject(rule.subject), [*rule.posts, *rule.who])
    return (
        f"{rule.title}：{who}对照“{rule.standard}”作出承诺，{least}，{_notice_words(rule.notice_days)}"
        f"逐条审过再公开，{CADENCES[periods.Kind(rule.cadence)]}公布进展。"
    )


def _notice_words(days: int) -> str:
    return f"先公布打算征求意见 {days} 个工作日，" if days else ""


def _order_words(rules: list[RuleData]) -> list[str]:
    """Say which rule goes first where somebody has a post and a standing, or two posts."""
    by_post = [rule for rule in rules if rule.posts]
    by_standing = [rule for rule in rules if rule.subject == Subject.PERSON and rule.who]
    if not by_post:
        return []
    said = [
        f"担任{_who_words(Subject.PERSON, rule.posts)}的，照“{rule.title}”，不再照人员类别的规则"
        for rule in by_post
        if by_standing
    ]
    return said + (["一人兼几职的，照写在前面的规则"] if len(by_post) > 1 else [])


def _label(subject: Subject, kind: str) -> str:
    if subject == Subject.PERSON:
        return str((Role if kind in Role.values else StandingKind)(kind).label)
    return str(Kind(kind).label)


def _who_words(subject: Subject, who: tuple[str, ...] | list[str]) -> str:
    return "、".join(_label(subject, kind) for kind in who)


def _least_words(least: tuple[int, ...] | list[int]) -> str:
    parts = [
        f"{kind.short} {count} 条" for kind, count in zip(ItemKind, least, strict=True) if count
    ]
    return f"至少{'、'.join(parts)}" if parts else ""


def _dump(rule: PledgeRule) -> dict[str, Any]:
    subject = Subject(rule.subject)
    key = "post" if rule.posts else "standing" if subject == Subject.PERSON else "kind"
    values = {
        "title": rule.title,
        "who": {key: [_label(subject, kind) for kind in (*rule.posts, *rule.who)]},
        "standard": rule.standard.code,
        "at_least": {kind.value: rule.least(kind) for kind in ItemKind if rule.least(kind)},
        "reviewer": {"post": str(Role(rule.reviewer).label)},
        "progress": CADENCES[periods.Kind(rule.cadence)],
        "notice": f"{rule.notice_days}个工作日" if rule.notice_days else "",
        "exempt": rule.exempt,
    }
    return {key: value for key, value in values.items() if value}
