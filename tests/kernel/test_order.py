"""Keys sort Chinese texts as people expect, the same way on both databases."""

import re
from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.kernel.models import SpecialDay
from zhengyou.kernel.order import KEY_LENGTH, name_sort_key, sort_key

NAMES = ["安平", "区大海", "任平", "单小满", "尉迟恭", "曾国安", "曾平", "翟志", "张安", "章安"]
BODIES = [
    "第一党支部",
    "第二党支部",
    "第2党支部筹备组",
    "第十党支部",
    "第十一党支部",
    "第二十党支部",
    "第一百零二党支部",
    "青石县委",
    "青石县委办公室",
    "育新小学",
]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("key", "ordered"),
    [
        (name_sort_key, NAMES),
        (sort_key, BODIES),
        (sort_key, ["2025年", "二〇二六年", "2026年度", "二零二七年"]),
        (sort_key, ["A组", "Ｂ组", "b组长", "C组"]),
    ],
)
def test_order(key, ordered):
    shuffled = Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=key) == ordered


@pytest.mark.pure
def test_one_surname_stays_together():
    names = ["章安", "张平", "章平", "张安", "张大", "章大"]
    found = [name[0] for name in sorted(names, key=name_sort_key)]
    assert found == ["张"] * 3 + ["章"] * 3


@pytest.mark.pure
def test_shorter_syllables_come_first():
    """Fan Gang stands before Fang An, although the letters run on alike."""
    assert sort_key("翻刚") < sort_key("方安")


@pytest.mark.pure
@given(st.text(max_size=400))
def test_keys_are_plain_and_fit_their_field(text):
    for key in (sort_key(text), name_sort_key(text)):
        assert re.fullmatch("[0-9a-z]*", key)
        assert len(key) <= KEY_LENGTH


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("好的", "hao3de5"),
        ("第十二届", "di400000012jie4"),
        ("一百零五号", "00000105hao4"),
        ("百十家", "00000110jia1"),
        ("十百家", "shi2bai3jia1"),
        ("３Ｄ（打印）", "00000003dda3yin4"),
    ],
)
def test_keys(text, key):
    assert sort_key(text) == key


@pytest.mark.django_db
def test_the_database_sorts_keys_as_python_does():
    keys = [sort_key(body)[:40] for body in BODIES] + [name_sort_key(name) for name in NAMES]
    for number, key in enumerate(Random(7).sample(keys, len(keys))):
        SpecialDay.objects.create(day=f"2026-01-{number + 1:02d}", works=True, title=key)
    found = list(SpecialDay.objects.order_by("title").values_list("title", flat=True))
    assert found == sorted(keys), connection.vendor
