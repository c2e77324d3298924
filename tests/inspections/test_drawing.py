"""The draw itself: by hash as in RFC 3797, by hand with two dice, and again by the script."""

import random
import runpy
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengyou.inspections import drawing
from zhengyou.inspections.drawing import Entry, Frozen, Layer, SeedWrong, Spoilt
from zhengyou.inspections.queries.draws import SCRIPT

pytestmark = pytest.mark.pure

SEED = (4, 2, 6, 1, 3, 3, 5, 2)


def frozen(sizes: list[tuple[int, int]], method: str = "sha256", reserve: int = 2) -> Frozen:
    """A list with strata of these sizes and quotas."""
    layers = tuple(Layer(n, quota, f"第{n}片") for n, (_, quota) in enumerate(sizes, start=1))
    entries = tuple(
        Entry(layer, number, UUID(int=layer * 1000 + number), f"{layer}-{number}号支部", "党支部",
              "城关")
        for layer, (size, _) in enumerate(sizes, start=1)
        for number in range(1, size + 1)
    )  # fmt: skip
    return Frozen(
        UUID(int=7), "秋季抽查：减负", "局党委", "局党委", date(2026, 9, 14), method,
        "大厅当众掷骰子", date(2026, 9, 16), 8 if method == "sha256" else 0, 1, 6, True, reserve,
        layers, entries,
    )  # fmt: skip


# --- by hash ------------------------------------------------------------------------------------
def test_the_example_that_rfc_3797_prints() -> None:
    """Its key, pool of 25 and ten picks; with the RFC's hash, MD5."""
    places = drawing.ranked("9319./2.5.8.10.12./9.18.26.34.41.45./", 25, "md5")

    assert [next(places) for _ in range(10)] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_a_known_draw_stays_what_it_is() -> None:
    """A list that was drawn once must be drawn alike for ever."""
    found = drawing.drawn(frozen([(9, 2), (4, 1)]), SEED)

    assert drawing.digest_of(frozen([(9, 2), (4, 1)]).text) == (
        "86644670cd2b3b868e701a24e54da9eb55e20654710676749b1594905599e3eb"
    )  # fmt: skip
    assert [[entry.number for entry in layer] for layer in found] == [
        [8, 1, 5, 7, 6, 2, 3, 4, 9],
        [1, 2, 4, 3],
    ]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 3)), min_size=1, max_size=3))
@settings(max_examples=30, deadline=None)
def test_every_body_of_a_stratum_gets_one_place(sizes: list[tuple[int, int]]) -> None:
    for layer, (size, _) in zip(drawing.drawn(frozen(sizes), SEED), sizes, strict=True):
        assert sorted(entry.number for entry in layer) == list(range(1, size + 1))


def test_each_body_is_drawn_about_as_often_as_any_other() -> None:
    """Chi-square of 2,400 draws of 2 from 8, and of the order of the first two: deterministic."""
    many, size = 2400, 8
    first, pairs = Counter[int](), Counter[tuple[int, int]]()
    for turn in range(many):
        order = drawing.ranked(f"{turn}./名单./1./", size)
        one, two = next(order), next(order)
        first[one] += 1
        pairs[one, two] += 1
    assert chi_square(first, size, many) < 24.3  # 7 degrees of freedom, one in a thousand
    assert chi_square(pairs, size * (size - 1), many) < 93.2  # 55 degrees, likewise


def chi_square(counts: Counter, cells: int, many: int) -> float:
    expected = many / cells
    seen = sum((count - expected) ** 2 / expected for count in counts.values())
    return seen + (cells - len(counts)) * expected


def test_a_change_of_one_sign_in_the_list_changes_the_digest_and_the_draw() -> None:
    one = frozen([(12, 3)])
    other = drawing.read(one.text.replace("1-5号支部", "1-5号总支"))

    assert drawing.digest_of(one.text) != drawing.digest_of(other.text)
    numbers = [[entry.number for entry in drawing.drawn(each, SEED)[0]] for each in (one, other)]
    assert numbers[0] != numbers[1]


def test_numbers_of_a_lottery_count_from_small_to_large() -> None:
    from dataclasses import replace

    lottery = replace(frozen([(9, 2)]), count=3, least=1, most=33, in_order=False)
    assert drawing.drawn(lottery, (9, 1, 30)) == drawing.drawn(lottery, (30, 9, 1))
    dice = replace(lottery, in_order=True)
    assert drawing.drawn(dice, (9, 1, 30)) != drawing.drawn(dice, (30, 9, 1))


# --- the text -------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["sha256", "dice"])
def test_the_text_reads_back(method: str) -> None:
    one = frozen([(3, 1), (2, 1)], method)
    assert drawing.read(one.text) == one


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("版式：1", "版式：2"),
        lambda text: "别的文件\n",
        lambda text: text.replace("\t1-1号支部", "\t1-1号支部\t多一格"),
    ],
)
def test_a_text_that_was_touched_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Spoilt):
        drawing.read(spoil(frozen([(3, 1)]).text))


# --- by hand ------------------------------------------------------------------------------------
def on_the_table(names: list[str], many: int, throw) -> list[str]:  # type: ignore[no-untyped-def]
    """Draw as people do it with slips on a table, as the public page describes it: count along the
    row of slips, from the end go on at its beginning, stop at the number thrown; what lies beyond
    the last full round is thrown again. Written without a remainder: it proves the other."""
    row, taken = list(names), []
    while len(taken) < many:
        if len(row) == 1:
            taken.append(row.pop())
            continue
        first, second = throw()
        number = (first - 1) * 6 + second
        rounds = 0
        while (rounds + 1) * len(row) <= 36:
            rounds += 1
        if number > rounds * len(row):
            continue
        at = -1
        for _ in range(number):
            at = 0 if at == len(row) - 1 else at + 1
        taken.append(row.pop(at))
    return taken


@pytest.mark.parametrize("size", [1, 2, 5, 6, 7, 18, 19, 35, 36])
def test_slips_on_a_table_and_the_house_draw_alike(size: int) -> None:
    dice, thrown = random.Random(size), []

    def throw() -> tuple[int, int]:
        pair = (dice.randint(1, 6), dice.randint(1, 6))
        thrown.extend(pair)
        return pair

    many = min(size, 4)
    names = [f"1-{n}号支部" for n in range(1, size + 1)]
    taken = on_the_table(names, many, throw)

    found = drawing.drawn(frozen([(size, many)], "dice", reserve=0), thrown)
    assert [entry.name for entry in found[0]] == taken


def test_of_all_numbers_of_two_dice_each_slip_gets_the_same() -> None:
    """All 36 throws, one after the other, for each length of the row: no slip is favoured."""
    for size in range(2, 37):
        hits: Counter[int] = Counter()
        for first in range(1, 7):
            for second in range(1, 7):
                try:
                    hits[drawing.by_hand([(size, 1)], (first, second))[0][0]] += 1
                except SeedWrong:
                    continue  # thrown again
        assert len(hits) == size
        assert len(set(hits.values())) == 1


@pytest.mark.parametrize(
    ("rolls", "reason"),
    [((1,), "成对"), ((1, 2), "点数不够"), ((1, 2, 3, 4, 5, 6), "点数多了"), ((0, 7), "范围")],
)
def test_throws_must_come_out_even(rolls: tuple[int, ...], reason: str) -> None:
    with pytest.raises(SeedWrong, match=reason):
        drawing.drawn(frozen([(4, 2)], "dice", reserve=0), rolls)


# --- chance ---------------------------------------------------------------------------------------
def test_how_many_dice_it_takes() -> None:
    assert drawing.bits_needed([(6, 3)]) == pytest.approx(4.32, abs=0.01)  # 20 outcomes
    assert drawing.dice_needed([(6, 3)]) == 8  # never fewer
    assert drawing.dice_needed([(1000, 30)]) == 25  # 64 bits are enough
    assert drawing.bits_given(6, 1, 33, in_order=False) > drawing.LEAST_BITS


# --- the script -----------------------------------------------------------------------------------
def run(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the script as anybody does, apart from the house: no path, no packages."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_the_script_draws_what_the_house_draws(tmp_path: Path) -> None:
    one = frozen([(9, 2), (4, 1)])
    path = tmp_path / "list.txt"
    path.write_bytes(one.text.encode())
    digest = drawing.digest_of(one.text)

    done = run(str(path), *map(str, SEED), "--digest", digest)
    names = [line.split()[-1] for line in done.stdout.splitlines() if line.startswith("  ")]

    assert done.returncode == 0
    assert digest in done.stdout
    assert names == [entry.name for layer in drawing.drawn(one, SEED) for entry in layer]
    assert done.stdout.count("抽中") == 3
    assert run(str(path), *map(str, SEED), "--digest", "0" * 64).returncode == 1


def test_the_script_draws_alike_for_any_list(tmp_path: Path) -> None:
    """In this process, since a hundred would take long."""
    script = runpy.run_path(str(SCRIPT))
    chance = random.Random(3797)
    for turn in range(40):
        sizes = [(chance.randint(1, 36), chance.randint(1, 3)) for _ in range(chance.randint(1, 3))]
        method = ("sha256", "dice")[turn % 2]
        one = frozen(sizes, method)
        seed = SEED if method == "sha256" else _enough(one, chance)
        path = tmp_path / f"{turn}.txt"
        path.write_bytes(one.text.encode())
        again = [names for _, _, names in script["draw"](*script["read"](str(path)), seed)]
        assert again == [[entry.name for entry in rows] for rows in drawing.drawn(one, seed)]


def _enough(one: Frozen, chance: random.Random) -> list[int]:
    """Throw until all is drawn."""
    rolls: list[int] = []
    while True:
        try:
            drawing.drawn(one, rolls)
            return rolls
        except SeedWrong:
            rolls += [chance.randint(1, 6), chance.randint(1, 6)]


def test_the_script_tests_itself_by_the_rfc() -> None:
    done = run("--rfc3797")
    assert (done.returncode, "和 RFC 一样" in done.stdout) == (0, True)
