"""From seed and list to an order of draw, in the manner of RFC 3797, or by hand with two dice.

By hash: the key of a stratum is the seed's numbers, the digest of the list and the number of the
stratum; the n-th pick is the hash of (n − 1, key, n − 1) modulo the number of those left. RFC 3797
uses MD5; here it is SHA-256, and what remains the same is tested with the RFC's own vector.
"""

import math
from collections.abc import Iterator, Sequence
from hashlib import new as hasher

from zhengyou.inspections.drawing.listing import Entry, Frozen, digest_of

HAND_MOST = 36
"""Bodies of a stratum at most, for two dice."""
FEWEST_DICE, ENOUGH_BITS, LEAST_BITS = 8, 64, 16
"""Dice at least; bits beyond which nobody gains; bits below which a seed is refused."""


class SeedWrong(ValueError):
    """The seed is not of the shape that was announced; in Chinese."""


# --- by hash ------------------------------------------------------------------------------------
def ranked(key: str, size: int, algorithm: str = "sha256") -> Iterator[int]:
    """Yield the places 1 … ``size`` in the order in which they are drawn."""
    left = list(range(1, size + 1))
    for turn in range(size):
        turn_bytes = turn.to_bytes(2, "big")
        digest = hasher(algorithm, turn_bytes + key.encode() + turn_bytes).digest()
        yield left.pop(int.from_bytes(digest, "big") % len(left))


def key_of(frozen: Frozen, digest: str, seed: Sequence[int], layer: int) -> str:
    """Return the key of a stratum; numbers as in RFC 3797, each with a dot, each part with /."""
    numbers = seed if frozen.in_order else sorted(seed)
    return f"{''.join(f'{number}.' for number in numbers)}/{digest}./{layer}./"


# --- by hand ------------------------------------------------------------------------------------
def by_hand(sizes: Sequence[tuple[int, int]], rolls: Sequence[int]) -> list[list[int]]:
    """Return what two dice draw from each stratum, as one would do it on paper.

    A pair makes a number 1 … 36: (first − 1) × 6 + second. One counts along those left, round and
    round; a number beyond the last full round is thrown again, so that each has the same chance.
    One that is left alone is drawn without dice.

    Args:
        sizes: of each stratum, how many bodies it has and how many are drawn.

    Raises:
        SeedWrong: too few throws, or more than it takes.
    """
    if len(rolls) % 2:
        raise SeedWrong("骰子的点数要成对：每次掷两颗。")
    numbers = [(one - 1) * 6 + two for one, two in zip(rolls[::2], rolls[1::2], strict=True)]
    used = 0
    found: list[list[int]] = []
    for size, many in sizes:
        left = list(range(1, size + 1))
        taken: list[int] = []
        while len(taken) < many:
            at = 0
            if len(left) > 1:
                if used == len(numbers):
                    raise SeedWrong(f"点数不够：掷了 {used} 次，第 {len(found) + 1} 层还没抽完。")
                number, used = numbers[used], used + 1
                if number > HAND_MOST - HAND_MOST % len(left):
                    continue  # thrown again
                at = (number - 1) % len(left)
            taken.append(left.pop(at))
        found.append(taken)
    if used < len(numbers):
        raise SeedWrong(f"点数多了：抽完一共要掷 {used} 次，录入了 {len(numbers)} 次。")
    return found


# --- both ---------------------------------------------------------------------------------------
def drawn(frozen: Frozen, seed: Sequence[int]) -> list[list[Entry]]:
    """Return, stratum by stratum, the bodies in the order drawn: first the quota, then the reserve.

    Raises:
        SeedWrong: the seed is not of the announced shape.
    """
    _check_seed(frozen, seed)
    layers = [frozen.of_layer(layer.number) for layer in frozen.layers]
    if frozen.method == "dice":
        sizes = [(len(rows), min(len(rows), layer.quota + frozen.reserve))
                 for layer, rows in zip(frozen.layers, layers, strict=True)]  # fmt: skip
        orders = by_hand(sizes, seed)
    else:
        digest = digest_of(frozen.text)
        orders = [list(ranked(key_of(frozen, digest, seed, layer.number), len(rows)))
                  for layer, rows in zip(frozen.layers, layers, strict=True)]  # fmt: skip
    return [[rows[place - 1] for place in order]
            for rows, order in zip(layers, orders, strict=True)]  # fmt: skip


def _check_seed(frozen: Frozen, seed: Sequence[int]) -> None:
    if frozen.count and len(seed) != frozen.count:
        raise SeedWrong(f"说好种子是 {frozen.count} 个数，录入了 {len(seed)} 个。")
    for number in seed:
        if not frozen.least <= number <= frozen.most:
            raise SeedWrong(f"{number} 不在说好的范围里：{frozen.least} 到 {frozen.most}。")


# --- how much chance it takes ---------------------------------------------------------------------
def bits_needed(sizes: Sequence[tuple[int, int]]) -> float:
    """Return the bits of chance that make every outcome possible (RFC 3797, 3.3)."""
    return sum(math.log2(math.comb(size, min(size, many))) for size, many in sizes)


def bits_given(count: int, least: int, most: int, in_order: bool) -> float:
    """Return the bits that numbers of a shape carry."""
    span = most - least + 1
    return math.log2(span**count if in_order else math.comb(span + count - 1, count))


def dice_needed(sizes: Sequence[tuple[int, int]]) -> int:
    """Return how many dice are to be thrown."""
    return max(FEWEST_DICE, math.ceil(min(bits_needed(sizes), ENOUGH_BITS) / math.log2(6)))
