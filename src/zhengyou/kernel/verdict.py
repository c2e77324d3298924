"""A rule's answer: yes, or no with the reason in Chinese.

The same reason labels the button that cannot be pressed and is the text of the 403 page, so that
a rule is written once and read everywhere.
"""

from dataclasses import dataclass


class Refused(Exception):
    """A verb was asked for that a rule forbids.

    Args:
        reason: Chinese, one sentence: what is missing and how to mend it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with a Chinese reason. Truth value: is it a yes?

    ``a & b`` is yes if both are, else the first no. ``a | b`` is yes if one is, else the last no:
    write the more general rule first and the one whose reason helps most last.
    """

    ok: bool
    reason: str = ""

    @classmethod
    def yes(cls) -> "Verdict":
        """Return the one yes."""
        return _YES

    @classmethod
    def no(cls, reason: str) -> "Verdict":
        """Return a no. ``reason``: Chinese, not empty.

        Raises:
            ValueError: the reason is empty.
        """
        if not reason.strip():
            raise ValueError("a refusal needs a reason")
        return cls(False, reason)

    @classmethod
    def of(cls, condition: object, otherwise: str) -> "Verdict":
        """Return yes where ``condition`` is true, else no with ``otherwise`` as the reason."""
        return _YES if condition else cls.no(otherwise)

    def __bool__(self) -> bool:
        return self.ok

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self.ok else self

    def __or__(self, other: "Verdict") -> "Verdict":
        return self if self.ok else other

    def require(self) -> None:
        """Do nothing on yes.

        Raises:
            Refused: on no, with the reason.
        """
        if not self.ok:
            raise Refused(self.reason)


_YES = Verdict(True)
