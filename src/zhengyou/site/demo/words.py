"""Reads words.toml and draws promises from it."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

NOT_TEACHING = ("后勤", "食堂", "总务", "办公室", "教导处", "校长")
PATH = Path(__file__).with_name("words.toml")


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
    good: str
    slow: str


class Words:
    """The word lists of the demo."""

    def __init__(self) -> None:
        with PATH.open("rb") as file:
            self.data: dict[str, Any] = tomllib.load(file)
        self.surnames: str = self.data["surnames"]
        self.given: list[str] = self.data["given"]
        self.lessons: list[str] = self.data["lessons"]

    def promise(self, kind: str, work: str, random: Random, taken: set[str]) -> Promise:
        """Draw a promise of ``kind`` that fits somebody's work and stands in no other pledge.

        Args:
            taken: texts used so far in the branch; the new one is added.
        """
        rows = [row for row in self.data[kind] if _fits({"kind": kind} | row, work)]
        for _ in range(200):
            row = random.choice(rows)
            promise = self._draw(row, row.get("kind", kind), random)
            if promise.text not in taken:
                break
        taken.add(promise.text)
        return promise

    def body_promises(self, random: Random) -> list[Promise]:
        """Return what a branch itself promises."""
        return [self._draw(row, row["kind"], random) for row in self.data["body"]]

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
            row["good"],
            row["slow"],
        )


def _fits(row: dict[str, Any], work: str) -> bool:
    """A promise with ``works`` is for those alone; whoever has such work takes no teacher's post
    promise."""
    works = row.get("works")
    if works is not None:
        return any(word in work for word in works)
    return row["kind"] != "post" or not any(word in work for word in NOT_TEACHING)
