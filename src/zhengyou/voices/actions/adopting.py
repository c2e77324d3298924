"""Adopt or decline; say what came of it; note and hand out what those who made it get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhengyou.kernel import clock, states
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person
from zhengyou.remarks import codes, laying
from zhengyou.voices import rules
from zhengyou.voices.actions import steps
from zhengyou.voices.models import (
    Adoption,
    Benefit,
    Box,
    Contributor,
    Reward,
    Said,
    Suggestion,
)
from zhengyou.voices.models.adoption import (
    LONGEST_BENEFIT,
    LONGEST_MEASURES,
    LONGEST_RESULT,
    LONGEST_REWARD,
    LONGEST_UNIT,
)
from zhengyou.voices.queries.authors import contributors_of


@dataclass(frozen=True, slots=True)
class Task:
    """Who carries out what, until when."""

    owner: Person
    due_on: date
    measures: str


@dataclass(frozen=True, slots=True)
class Gain:
    """A benefit in figures."""

    what: str
    amount: Decimal
    unit: str


def adopt(actor: Actor, suggestion: Suggestion, task: Task) -> Adoption:
    """Adopt what was chosen: from now on it has an owner and a day.

    Raises:
        Refused: not for ``actor``, not chosen, or owner, day or measures are missing.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        (rules.may_decide(actor, row) & can_be_done(task)).require()
        states.move(row, "adopt", answered_on=row.answered_on or clock.today())
        adoption = Adoption.objects.create(
            suggestion=row, organisation=row.holder, owner=task.owner, due_on=task.due_on,
            measures=tidy(task.measures).strip(), adopted_on=clock.today(),
        )  # fmt: skip
        steps.step(facts, actor, row, Said.ADOPTED, due=task.due_on)
    return adoption


def decline(actor: Actor, suggestion: Suggestion, reason: str) -> None:
    """Decline what was chosen, with the reason that those who made it read.

    Raises:
        Refused: not for ``actor``, not chosen, or no reason.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        (rules.may_decide(actor, row) & steps.says_why(Said.DECLINED, reason)).require()
        states.move(row, "decline", answered_on=row.answered_on or clock.today())
        steps.step(facts, actor, row, Said.DECLINED, reason)


def enter_into(actor: Actor, adoption: Adoption, ref: Ref) -> None:
    """Say into which plan or task of a plan an adopted suggestion went.

    Raises:
        Refused: not for ``actor``.
    """
    with book.writing() as facts:
        rules.may_carry_out(actor, adoption).require()
        adoption.entered_kind, adoption.entered_uid = ref.kind, ref.uid
        adoption.entered_label = ref.label[:120]
        adoption.save(update_fields=["entered_kind", "entered_uid", "entered_label"])
        facts.record(
            "suggestion.enter_into", by=actor, about=adoption.suggestion.ref,
            data={"into": str(ref)},
        )  # fmt: skip


def report(
    actor: Actor, adoption: Adoption, result: str, gains: Sequence[Gain], measured: bool = True
) -> None:
    """Say what came of an adopted suggestion, with its benefit in figures where it can be counted;
    said again, it corrects what was said.

    Raises:
        Refused: not for ``actor``, nothing said, or figures that cannot be.
    """
    with book.writing() as facts:
        rules.may_carry_out(actor, adoption).require()
        says_what_came(result, gains, measured).require()
        adoption.result, adoption.measured = tidy(result).strip(), measured
        adoption.result_on = adoption.result_on or clock.today()
        adoption.save(update_fields=["result", "measured", "result_on"])
        adoption.benefits.all().delete()
        Benefit.objects.bulk_create(
            Benefit(
                adoption=adoption, what=tidy_line(gain.what), amount=gain.amount,
                unit=tidy_line(gain.unit),
            )
            for gain in gains
        )  # fmt: skip
        amounts = [f"{gain.amount}{tidy_line(gain.unit)}" for gain in gains]
        facts.record(
            "suggestion.report", by=actor, about=adoption.suggestion.ref, data={"gains": amounts}
        )


def reward(
    actor: Actor, suggestion: Suggestion, what: str, where: str = "",
    whom: Sequence[Contributor] | None = None,
) -> list[Reward]:  # fmt: skip
    """Note what those who made a suggestion get; somebody without a name fetches it by the code.

    Args:
        whom: None: all who made it, those merged into it or standing in the piece among them.

    Raises:
        Refused: not for ``actor``, nothing named, or nobody is there.
    """
    with book.writing() as facts:
        row, what, where = steps.now(suggestion), tidy_line(what), tidy_line(where)
        (rules.may_reward(actor, row) & says_what_one_gets(what, where)).require()
        there = contributors_of(row)
        chosen = there if whom is None else [each for each in there if each in whom]
        Verdict.of(chosen, "没有选给谁。").require()
        rewards = Reward.objects.bulk_create(
            Reward(contributor=each, what=what, where=where, noted_on=clock.today())
            for each in chosen
        )
        facts.record(
            "suggestion.reward", by=actor, about=row.ref, data={"count": len(rewards)},
            names={"what": what},
        )  # fmt: skip
    return rewards


def hand_out(actor: Actor, box: Box, code: str) -> list[Reward]:
    """Hand out what waits for whoever says this code; who that was, and when, stands nowhere.

    Raises:
        Refused: not for ``actor``, a slip of the pen, or nothing waits under it.
    """
    with book.writing():
        rules.may_hand_out(actor, box).require()
        plain = codes.plain(code)
        Verdict.of(codes.is_whole(plain), "查询码抄错了一两个字，请再核对一遍。").require()
        lookup = laying.code_lookup(plain)
        rows = Reward.objects.filter(
            contributor__voice__code_lookup=lookup, contributor__suggestion__box=box
        )
        waiting = list(rows.filter(fetched=False).select_related("contributor__suggestion"))
        if not waiting:
            raise Refused("这个码的奖励已经领过了。" if rows else "这个码下面没有奖励。")
        Reward.objects.filter(pk__in=[each.pk for each in waiting]).update(fetched=True)
    return waiting


def hand_to(actor: Actor, given: Reward) -> None:
    """Note that somebody who signed got the reward.

    Raises:
        Refused: not for ``actor``, or fetched by code only.
    """
    with book.writing() as facts:
        suggestion = given.contributor.suggestion
        rules.may_hand_out(actor, suggestion.box).require()
        Verdict.of(given.contributor.person, "没有署名的，要凭查询码来领。").require()
        given.fetched = True
        given.save(update_fields=["fetched"])
        facts.record("suggestion.hand_to", by=actor, about=suggestion.ref)


def can_be_done(task: Task) -> Verdict:
    """Say whether it is clear what is done, until when."""
    words = tidy(task.measures).strip()
    return (
        Verdict.of(words, "还没有写怎么办。")
        & Verdict.of(len(words) <= LONGEST_MEASURES, f"怎么办最多 {LONGEST_MEASURES} 个字。")
        & Verdict.of(task.due_on >= clock.today(), "办成的日期已经过去了。")
    )


def says_what_came(result: str, gains: Sequence[Gain], measured: bool) -> Verdict:
    """Say whether a result is told well enough."""
    words = tidy(result).strip()
    names = [(tidy_line(gain.what), tidy_line(gain.unit)) for gain in gains]
    return (
        Verdict.of(words, "还没有写办成什么样了。")
        & Verdict.of(len(words) <= LONGEST_RESULT, f"结果最多 {LONGEST_RESULT} 个字。")
        & Verdict.of(all(what and unit for what, unit in names), "每个数都要写是什么、什么单位。")
        & Verdict.of(
            all(len(w) <= LONGEST_BENEFIT and len(u) <= LONGEST_UNIT for w, u in names),
            f"效益的名称最多 {LONGEST_BENEFIT} 个字，单位最多 {LONGEST_UNIT} 个字。",
        )
        & Verdict.of(all(gain.amount > 0 for gain in gains), "效益的数要大于零。")
        & Verdict.of(gains or not measured, "写上效益的数；算不出来的，请勾“不好计量”。")
        & Verdict.of(measured or not gains, "写了效益的数，就不要勾“不好计量”。")
    )


def says_what_one_gets(what: str, where: str) -> Verdict:
    """Say whether a reward is named."""
    return Verdict.of(what, "还没有写奖励什么。") & Verdict.of(
        max(len(what), len(where)) <= LONGEST_REWARD, f"最多 {LONGEST_REWARD} 个字。"
    )
