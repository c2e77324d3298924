"""Surveys: what a question must be, what a sheet may say, and when results are told.

Results are told once the box is closed, and then for good: whoever could compare the numbers before
and after one more sheet would know that sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.voices.models import Box, BoxKind, BoxState
from zhengyou.voices.models.survey import (
    LONGEST_ASK,
    LONGEST_OPTION,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    Question,
    QuestionKind,
)
from zhengyou.voices.rules.boxes import may_collate, may_set_up


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a form or a blueprint has it."""

    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """One sheet: numbers of the chosen options by question, and words by question."""

    chosen: Mapping[str, Sequence[int]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def says_enough(asked: Asked) -> Verdict:
    """Say whether this is a question one can answer."""
    texts = [tidy_line(option) for option in asked.options]
    long = next((text for text in texts if len(text) > LONGEST_OPTION), "")
    ok = (
        Verdict.of(tidy_line(asked.text), "还没有写题目。")
        & Verdict.of(len(tidy_line(asked.text)) <= LONGEST_ASK, f"题目最多 {LONGEST_ASK} 个字。")
        & Verdict.of(not long, f"选项“{long[:12]}…”太长，最多 {LONGEST_OPTION} 个字。")
    )
    if asked.kind == QuestionKind.WORDS:
        return ok & Verdict.of(not texts, "自己写的题目没有选项；要选，就改成“选一个”。")
    return (
        ok
        & Verdict.of(2 <= len(texts) <= MOST_OPTIONS, f"选项要有 2 到 {MOST_OPTIONS} 个。")
        & Verdict.of(len(set(texts)) == len(texts), "有两个选项一样。")
        & Verdict.of(
            asked.kind == QuestionKind.SEVERAL or asked.most is None,
            "只有“选几个”的题目才限最多几个。",
        )
        & Verdict.of(
            asked.most is None or 2 <= asked.most <= len(texts), "最多选几个，要在 2 和选项数之间。"
        )
    )


def may_ask(actor: Actor, box: Box) -> Verdict:
    """Change the questions of a survey: as long as nobody has seen them."""
    return (
        may_set_up(actor, box.organisation)
        & Verdict.of(box.kind == BoxKind.SURVEY, "只有问卷才有题目。")
        & Verdict.of(
            box.state == BoxState.DRAFT, "已经开箱，题目不能再改：先答的和后答的要答一样的题。"
        )
    )


def has_room(count: int) -> Verdict:
    """Say whether one more question fits."""
    return Verdict.of(count < MOST_QUESTIONS, f"最多 {MOST_QUESTIONS} 道题，问得多了没人愿意答。")


def told(box: Box) -> Verdict:
    """Say to anybody whether results are told."""
    return Verdict.of(box.state == BoxState.CLOSED, "收箱以后才公布结果，现在谁也看不到。")


def takes_sheets(box: Box) -> Verdict:
    """Say to anybody whether a sheet can be handed in now, also from paper."""
    return Verdict.of(
        box.kind == BoxKind.SURVEY and box.state == BoxState.OPEN, "问卷已经收了，不能再交。"
    )


def may_read_words(actor: Actor, box: Box) -> Verdict:
    """Read what was written freely: whoever collates, nobody else."""
    return may_collate(actor, box)


def says_something(filled: Filled) -> Verdict:
    """A sheet answers one question at least; none has to be answered."""
    some = any(filled.chosen.values()) or any(tidy(text).strip() for text in filled.words.values())
    return Verdict.of(some, "一道题也没有答。不想答的可以空着，至少答一道。")


def fits(questions: Sequence[Question], filled: Filled) -> Verdict:
    """Say whether the choices are choices of these questions."""
    known = {str(question.uid): question for question in questions}
    strange = [uid for uid in (*filled.chosen, *filled.words) if uid not in known]
    wrong = [uid for uid, chosen in filled.chosen.items()
             if uid in known and not _possible(known[uid], chosen)]  # fmt: skip
    return Verdict.of(not strange and not wrong, "有一题选的不对，请再选一次。")


def _possible(question: Question, chosen: Sequence[int]) -> bool:
    most = 1 if question.kind == QuestionKind.ONE else question.most or len(question.options)
    inside = all(0 <= number < len(question.options) for number in chosen)
    return question.chosen and inside and len(set(chosen)) == len(chosen) <= most
