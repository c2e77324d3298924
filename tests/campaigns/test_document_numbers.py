"""文号: many spellings, one way of writing."""

import pytest

from zhengyou.campaigns.document_numbers import BadNumber, tidy_number

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("县教党〔2026〕12号", "县教党〔2026〕12号"),
        ("县教党(2026) 012 号", "县教党〔2026〕12号"),
        ("县教党［２０２６］１２号", "县教党〔2026〕12号"),
        (" 国办函【2026】12号 ", "国办函〔2026〕12号"),
        ("2026年第3号", "2026年第3号"),
        ("第 7 号", "第7号"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_read_loosely(typed, written):
    assert tidy_number(typed) == written


@pytest.mark.parametrize("typed", ["关于开展活动的通知", "县教党〔2026〕", "号", "甲" * 70 + "1号"])
def test_what_is_none_is_told_how_to_write_it(typed):
    with pytest.raises(BadNumber) as caught:
        tidy_number(typed)
    assert caught.value.reason.endswith("。")
