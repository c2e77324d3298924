"""Reads the word lists in ``lists/`` and draws promises from them."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

NOT_TEACHING = ("后勤", "食堂", "总务", "办公室", "教导处", "校长")
FOLDER = Path(__file__).with_name("lists")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as somebody writes it, with the notes that could follow."""

    kind: str
    point: str | int
    text: str
    baseline: Decimal
    target: Decimal
    unit: str
    beneficiary: str
    good: tuple[str, ...]
    slow: str


class Words:
    """The word lists of the demo.

    Args:
        prefix: of the names of the lists of promises: each campaign has its own.
    """

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.data: dict[str, Any] = {}
        for path in sorted(FOLDER.glob("*.toml")):
            self.data |= tomllib.loads(path.read_text("utf-8"))
        self.surnames: str = self.data["surnames"]
        self.given: list[str] = self.data["given"]
        self.lessons: list[str] = self.data["lessons"]
        self.drawn: Counter[str] = Counter()

    def promise(self, kind: str, work: str, random: Random, taken: set[str]) -> Promise:
        """Draw a promise of ``kind`` that fits somebody's work and stands in no other pledge.

        What was drawn least is drawn first; where nothing that fits is left, something else.

        Args:
            taken: texts used so far; the new one is added.

        Raises:
            LookupError: the lists are used up.
        """
        rows = self.data[self.prefix + kind]
        fitting = [row for row in rows if _fits({"kind": kind} | row, work)]
        ordered = sorted(fitting, key=lambda row: (self.drawn[row["text"]], random.random()))
        # Rather what another's work would promise than a demo that does not load.
        for row in (*ordered, *(row for row in rows if row not in fitting)):
            for _ in range(20):
                promise = self._draw(row, row.get("kind", kind), random)
                if promise.text not in taken:
                    taken.add(promise.text)
                    self.drawn[row["text"]] += 1
                    return promise
        raise LookupError(f"the word lists have no more {kind} for {work}")

    def body_promises(self, random: Random) -> list[Promise]:
        """Return what a branch itself promises."""
        return [self._draw(row, row["kind"], random) for row in self.data[f"{self.prefix}body"]]

    def _draw(self, row: dict[str, Any], kind: str, random: Random) -> Promise:
        start = row["from"]
        baseline = random.randint(*start) if isinstance(start, list) else start
        grade = random.choice(self.data["grades"])
        words = {
            "n": baseline,
            "t": random.choice(row["targets"]),
            "grade": grade,
            "class": f"{grade}（{random.randint(1, 4)}）",
            "lesson": random.choice(self.lessons),
        }
        return Promise(
            kind,
            row["point"],
            row["text"].format(**words),
            Decimal(baseline),
            Decimal(words["t"]),
            row["unit"],
            row["for"].format(**words),
            (row["good"],) if isinstance(row["good"], str) else tuple(row["good"]),
            row["slow"],
        )


def _fits(row: dict[str, Any], work: str) -> bool:
    """A promise with ``works`` is for those alone; whoever has such work takes no teacher's post
    promise."""
    works = row.get("works")
    if works is not None:
        return any(word in work for word in works)
    return row["kind"] != "post" or not any(word in work for word in NOT_TEACHING)
