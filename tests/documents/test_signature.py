"""Signature, date and remark stand where 7.3.5 puts them."""

from datetime import date

import pytest
from tests.documents.word import (
    body,
    found,
    lines,
    paragraphs_in,
    prop,
    style,
    text_of,
    written,
)

from zhengyou.documents import Paragraph

pytestmark = pytest.mark.pure

DAY = date(2026, 9, 1)
CHARACTER = 15.794 * 20  # twips
WIDTH = 8845  # twips


def middle_of(paragraph: object, default_right: float = 0) -> float:
    """Return how far a centred paragraph's middle is from the right, in characters."""
    indent = prop(paragraph, "w:pPr/w:ind")
    right = int(indent.get("right", default_right))
    return (right + (WIDTH - int(indent["left"]) - right) / 2) / CHARACTER


def test_a_sealed_date_stands_four_characters_in_and_the_name_is_centred_over_it() -> None:
    data = written(signatory="云岭县教育局", signed_on=DAY)
    assert lines(data)[-4:] == [
        ("Normal", ""), ("Normal", ""), ("Signatory", "云岭县教育局"), ("SignedOn", "2026年9月1日"),
    ]  # fmt: skip
    date_style = style(data, "SignedOn")
    assert prop(date_style, "w:pPr/w:ind")["rightChars"] == "400"
    assert prop(date_style, "w:pPr/w:jc")["val"] == "right"
    assert found(body(data)[-1], "w:pPr/w:ind") == []
    (name,) = paragraphs_in(data, "Signatory")
    assert middle_of(name) == pytest.approx(4 + 6 / 2, abs=0.01)


def test_a_long_name_keeps_two_characters_to_the_margin_and_takes_the_date_along() -> None:
    data = written(signatory="中共云岭县委教育工作委员会", signed_on=DAY)
    name, day = body(data)[-2:]
    assert middle_of(name) == middle_of(day) == pytest.approx(13 / 2 + 2, abs=0.01)
    assert prop(day, "w:pPr/w:jc")["val"] == "center"


def test_a_name_longer_than_a_line_is_broken() -> None:
    name = "中共云岭县委教育工作委员会创先争优活动领导小组办公室综合协调组"
    (paragraph,) = paragraphs_in(written(signatory=name, signed_on=DAY), "Signatory")
    assert text_of(paragraph).replace("\n", "") == name
    assert "\n" in text_of(paragraph)
    assert int(prop(paragraph, "w:pPr/w:ind")["left"]) >= 0


@pytest.mark.parametrize(
    ("name", "name_right"),
    [
        ("中共云岭县委教育工作委员会", 2),
        ("云岭县教育局", 4),  # else the date would come nearer to the margin than two characters
        ("县委", 8),
    ],
)
def test_unsealed_the_date_begins_two_characters_after_the_name(
    name: str, name_right: float
) -> None:
    data = written(signatory=name, signed_on=DAY, sealed=False)
    signatory, day = body(data)[-2:]
    assert prop(signatory, "w:pPr/w:ind")["rightChars"] == str(name_right * 100)
    assert prop(signatory, "w:pPr/w:jc")["val"] == "right"
    name_begins = 28 - name_right - len(name)
    date_begins = int(prop(day, "w:pPr/w:ind")["left"]) / CHARACTER
    assert date_begins - name_begins == pytest.approx(2, abs=0.01)
    assert 28 - date_begins - 6 >= 1.99
    assert lines(data)[-4:-2] == [("Body", "正文。"), ("Normal", "")]


def test_a_date_alone_and_a_name_alone() -> None:
    assert lines(written(signed_on=DAY))[-1] == ("SignedOn", "2026年9月1日")
    assert lines(written(signed_on=DAY, sealed=False))[-1] == ("SignedOn", "2026年9月1日")
    assert lines(written(signatory="县委"))[-1] == ("Signatory", "县委")
    assert lines(written(signatory="县委", sealed=False))[-1] == ("Signatory", "县委")


def test_no_page_has_nothing_but_the_signature() -> None:
    data = written(signatory="县委", signed_on=DAY)
    kept = [found(p, "w:pPr/w:keepNext") != [] for p in body(data)]
    assert kept == [False, False, True, True, True, True, False]


def test_half_a_page_of_closing_words_is_not_taken_along() -> None:
    data = written(blocks=[Paragraph("字" * 400)], signed_on=DAY)
    assert found(paragraphs_in(data, "Body")[0], "w:pPr/w:keepNext") == []


def test_the_remark_is_in_brackets_below_the_date() -> None:
    data = written(signed_on=DAY, remark="联系人：林知秋")
    assert lines(data)[-1] == ("Remark", "（联系人：林知秋）")
