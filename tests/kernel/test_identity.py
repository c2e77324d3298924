"""Numbers of persons: sealed, matched, masked, checked. All numbers here are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.kernel import clock
from zhengyou.kernel.identity import (
    Unreadable,
    check_id_number,
    check_phone,
    key_id,
    lookup,
    mask_id,
    mask_phone,
    seal,
    tidy_phone,
    unseal,
)

pytestmark = pytest.mark.pure

GOOD = "11010519491231002X"


@given(st.text())
def test_what_is_sealed_opens_again(text):
    assert unseal(seal(text)) == text


def test_a_sealed_text_shows_nothing_and_is_never_the_same():
    one, two = seal(GOOD), seal(GOOD)
    assert one != two
    assert GOOD not in one
    assert one.isascii()


def test_a_changed_seal_does_not_open():
    token = seal(GOOD)
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(token[:place] + other + token[place + 1 :])
    for broken in ("", "z1", "z1.", token[:30], GOOD, token + "A", "z2" + token[2:]):
        with pytest.raises(Unreadable):
            unseal(broken)


def test_a_key_can_be_replaced(settings):
    old = settings.IDENTITY_KEY
    token = seal(GOOD)
    assert token.split(".")[1] == key_id(old)
    settings.IDENTITY_KEY = "a new key, longer than thirty-two characters"
    with pytest.raises(Unreadable, match=key_id(old)):
        unseal(token)
    settings.IDENTITY_KEYS_OLD = {key_id(old): old}
    assert unseal(token) == GOOD
    assert seal(GOOD).split(".")[1] != key_id(old)


def test_equal_numbers_match_within_one_purpose(settings):
    assert lookup(" １１010519491231002x", "id") == lookup(GOOD, "id")
    assert lookup(GOOD, "id") != lookup(GOOD, "phone")
    assert lookup(GOOD, "id") != lookup("11010519491231003X", "id")
    before = lookup(GOOD, "id")
    settings.IDENTITY_KEY = "sealing has a key of its own, as long as this"
    assert lookup(GOOD, "id") == before
    settings.LOOKUP_KEY = "without this key nobody can try numbers out"
    assert lookup(GOOD, "id") != before


def test_masks():
    assert mask_id(GOOD) == "110***********002X"
    assert mask_id("12345") == "*****"
    assert mask_phone("+86 138-0000-1111") == "138****1111"
    assert mask_phone("0571-87654321") == "057********21"
    assert mask_phone("8765432") == "*******"


@pytest.mark.parametrize(
    "number", [GOOD, "１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002X"]
)
def test_good_id_numbers(number):
    assert check_id_number(number)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("", "没有填"),
        ("110105491231002", "15位"),
        ("1101051949123100", "现在是16位"),
        ("11010519491231002Y", "数字或X"),
        ("1X010519491231002X", "前17位"),
        ("110105194912310021", "写错了"),
        ("11010519491231003X", "写错了"),
        ("99010519491231002X", "地区"),
        ("11010519490230002X", "不存在"),
        ("11010518491231002X", "不合理"),
        ("11010520270101002X", "不合理"),
    ],
)
def test_bad_id_numbers(number, word):
    with clock.at(date(2026, 10, 16)):
        verdict = check_id_number(number)
    assert not verdict
    assert word in verdict.reason
    assert not number or number not in verdict.reason


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, shift):
    wrong = str((int(GOOD[place]) + shift) % 10)
    assert not check_id_number(GOOD[:place] + wrong + GOOD[place + 1 :])


@given(st.integers(0, 15))
def test_two_swapped_neighbours_are_always_found(place):
    one, two = GOOD[place], GOOD[place + 1]
    if one != two:
        assert not check_id_number(GOOD[:place] + two + one + GOOD[place + 2 :])


@pytest.mark.parametrize(
    ("phone", "tidied"),
    [
        ("13800001111", "13800001111"),
        ("１３８ 0000 1111", "13800001111"),
        ("138-0000-1111", "13800001111"),
        ("+86 13800001111", "13800001111"),
        ("8613800001111", "13800001111"),
        ("0571-87654321", "0571-87654321"),
        ("010-12345678-801", "010-12345678-801"),
    ],
)
def test_phones_have_one_spelling(phone, tidied):
    assert tidy_phone(phone) == tidied


@pytest.mark.parametrize(
    "phone", ["13800001111", "+86 138 0000 1111", "0571-87654321", "02387654321"]
)
def test_good_phones(phone):
    assert check_phone(phone)


@pytest.mark.parametrize(
    ("phone", "word"),
    [
        ("", "没有填"),
        ("1380000111", "现在是10位"),
        ("12800001111", "开头"),
        ("87654321", "0571-87654321"),
        ("不详", "电话号码不对"),
    ],
)
def test_bad_phones(phone, word):
    assert word in check_phone(phone).reason
