"""How the editor asks for the keys of a table: what a section says about its fields. Pure data.

    fields = {"": [Field("title", "名称"), Field("opens", "准许办的事", Ask.SOME, choices=…)]}

``""`` stands for ``[section.CODE]``, ``"task"`` for ``[section.CODE.task.CODE]``. A section that
says nothing is edited as the text it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models


class Ask(Enum):
    """In which way a key is asked for, and what its value is."""

    LINE = "line"  # a text
    TEXT = "text"  # a text of several lines
    NUMBER = "number"  # a whole number
    LINES = "lines"  # a list of texts, one a line
    PAIRS = "pairs"  # code → text, a line each: 代号 = 内容
    ROWS = "rows"  # a list of tables, a line each, cells with blanks between
    ONE = "one"  # one of the choices
    SOME = "some"  # some of the choices
    CODE = "code"  # the code of another table


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table.

    Args:
        key: in the table; ``owner.post`` is ``post`` in ``owner = { … }``.
        label: what it is called; help: one line more.
        needed: must be there.
        most: characters of a text.
        choices: the words there are.
        section: whose codes there are.
        columns: keys of each table of the list.
        lone: one choice is written as a text, several as a list.
    """

    key: str
    label: str
    ask: Ask = Ask.LINE
    help: str = ""
    needed: bool = False
    most: int = 60
    choices: Sequence[str] = ()
    section: str = ""
    columns: Sequence[str] = ()
    lone: bool = False

    @property
    def top(self) -> str:
        """The key in the table itself."""
        return self.key.partition(".")[0]

    def value_in(self, table: dict[str, Any]) -> Any:
        """Return the value in a table, None where there is none."""
        value: Any = table
        for step in self.key.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value


def labels(choices: type[models.TextChoices]) -> list[str]:
    """Return the words of a vocabulary, in order."""
    return [str(choice.label) for choice in choices]
