"""What somebody has to do or to decide: the rows of 工作台, offered by every app that has some."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Errand:
    """One row of 工作台.

    Args:
        kind: the state badge: todo, wait, doing, due, late, back.
        label: the badge's words, such as 待审.
        title: what it is about.
        why: one line of why it is here, or what is missing.
        when: in words: 今天到期, 10月31日前, 等了 3 天.
        url: where it is done.
        button: the words on the button.
        due: sorts the list, earliest first; None: at the end.
        outside: said in place of ``title`` and ``why`` in letters and calendars, where these would
            name somebody or say what was found.
    """

    kind: str
    label: str
    title: str
    why: str
    when: str
    url: str
    button: str
    due: date | None = None
    outside: str = ""
