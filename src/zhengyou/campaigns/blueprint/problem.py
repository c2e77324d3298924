"""What is wrong with a blueprint: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake.

    Args:
        line: counted from 1; 0 means the file as a whole.
        column: counted from 1 in characters; 0 means the line as a whole.
        what: Chinese, without a full stop.
        remedy: Chinese, without a full stop: what to do.
    """

    line: int
    column: int
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"第 {self.line} 行：" if self.line else ""
        end = "" if self.remedy.endswith("？") else "。"
        return f"{where}{self.what}，{self.remedy}{end}"


class Flawed(Exception):
    """A blueprint has problems; nothing was done with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "这里可以写") -> str:
    """Return a remedy: the one word that comes close, else the words there are."""
    words = list(known)
    close = get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return f"是不是想写“{close[0]}”？"
    return f"{otherwise}：{'、'.join(words)}" if words else "请删去"
