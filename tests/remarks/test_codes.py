"""The code of a receipt: random, easy to copy, and a slip of the finger is told."""

import secrets

import pytest

from zhengyou.remarks import codes

pytestmark = pytest.mark.pure


def test_twelve_signs_that_check() -> None:
    made = {codes.made_of(secrets.token_bytes(16)) for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == 12 and codes.is_whole(code) for code in made)
    assert set("".join(made)) <= set(codes.ALPHABET)


def test_the_same_bytes_give_the_same_code() -> None:
    assert codes.made_of(b"1234567") == codes.made_of(b"1234567 and more")


def test_too_few_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="seven"):
        codes.made_of(b"123456")


def test_every_single_slip_and_every_exchange_of_neighbours_is_told() -> None:
    code = codes.made_of(b"\x9a\x17\x42\x88\x01\xfe\x63")
    for place, sign in enumerate(code):
        for other in set(codes.ALPHABET) - {sign}:
            assert not codes.is_whole(code[:place] + other + code[place + 1 :])
    for place in range(len(code) - 1):
        first, second = code[place : place + 2]
        exchanged = code[:place] + second + first + code[place + 2 :]
        assert codes.is_whole(exchanged) == (first == second)


@pytest.mark.parametrize(
    "typed", ["7k2m-9qxd-4htc", " 7K2M 9QXD 4HTC ", "７Ｋ２Ｍ－９ＱＸＤ－４ＨＴＣ"]
)
def test_blanks_hyphens_width_and_capitals_make_no_difference(typed: str) -> None:
    assert codes.plain(typed) == "7K2M9QXD4HTC"


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert codes.plain("oil0-1OIL") == "01101011"
    assert not codes.is_whole("7K2M9QXD4HT")
    assert not codes.is_whole("七K2M9QXD4HTC")


def test_it_is_shown_in_three_groups() -> None:
    assert codes.spaced("7K2M9QXD4HTC") == "7K2M-9QXD-4HTC"
