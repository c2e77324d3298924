"""Read models of surveys: results that may be told, and the words for the collator."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from zhengyou.voices.models import Box, Question, QuestionKind, Sheet, Voice
from zhengyou.voices.queries.public import entries, with_outcomes
from zhengyou.voices.rules.withholding import FEWEST, Row, Told, tell, tell_each

A_PAGE = 50
WITHHELD = "不公布"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question: how many chose it, in words where that is not told."""

    label: str
    count: int | None
    share: int

    @property
    def words(self) -> str:
        """The number, or that it is withheld."""
        return WITHHELD if self.count is None else f"{self.count} 份"


@dataclass(frozen=True, slots=True)
class Result:
    """What is told of one question; ``told`` None: fewer than five answered it."""

    question: Question
    told: Told | None
    answers: list[Answer]

    @property
    def rows(self) -> list[tuple[str, int, list[str]]]:
        """Places with how many answered there and the numbers."""
        return [_place(row) for row in self.told.rows] if self.told else []

    @property
    def gaps(self) -> bool:
        """Whether something is withheld."""
        return self.told is None or not self.told.whole


def _place(row: Row) -> tuple[str, int, list[str]]:
    cells = [WITHHELD if n is None else str(n) for n in row.cells]
    return "、".join(row.places), row.count, cells


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a survey; ``sheets`` None: fewer than five."""

    box: Box
    sheets: int | None
    results: list[Result]
    fewest: int = FEWEST


def results_of(box: Box) -> Results:
    """Return what may be told of a closed survey, places in their order. Three queries."""
    questions = [row for row in box.questions.all() if row.chosen]
    places = list(box.places.values_list("label", flat=True))
    order = {place: at for at, place in enumerate(places)}
    sheets = list(Sheet.objects.filter(box=box).values_list("place__label", "answers"))
    sheets.sort(key=lambda sheet: order.get(sheet[0] or "", len(order)))
    told = [_result(question, sheets) for question in questions]
    return Results(box, len(sheets) if len(sheets) >= FEWEST else None, told)


def _result(question: Question, sheets: Iterable[tuple[str | None, Any]]) -> Result:
    key, width = str(question.uid), len(question.options)
    size: Counter[str] = Counter()
    chosen: dict[str, list[int]] = defaultdict(lambda: [0] * width)
    for place, answers in sheets:
        numbers = answers.get(key) or ()
        where = place or "没有说是哪里"
        size[where] += bool(numbers)
        for number in numbers:
            chosen[where][number] += 1
    if question.kind == QuestionKind.ONE:
        told = tell({place: chosen[place] for place in size})
    else:
        told = tell_each({place: (size[place], chosen[place]) for place in size})
    totals = told.totals if told else (None,) * width
    of = told.count if told else 0
    return Result(
        question,
        told,
        [
            Answer(label, n, round(100 * n / of) if n is not None and of else 0)
            for label, n in zip(question.options, totals, strict=True)
        ],
    )


def words_of(box: Box, asked: str, number: str | None) -> dict[str, Any]:
    """Return what was written to one question (``asked``: its uid, default the first one with
    words), a page of it, in an order that says nothing."""
    questions = [row for row in box.questions.all() if not row.chosen]
    here = next((row for row in questions if str(row.uid) == asked), None)
    here = here or (questions[0] if questions else None)
    rows = Voice.objects.filter(box=box, answers__question=str(here.uid) if here else "")
    page = Paginator(with_outcomes(rows).order_by("uid"), A_PAGE).get_page(number)
    return {"questions": questions, "here": here, "page": page, "entries": entries(list(page))}
