"""The section protocol: every app brings the tables of a blueprint that it understands.

A section of the file is checked, installed for a campaign, and dumped again for "save as
blueprint". ``campaigns`` registers its own (phase, group, programme, standard, plan,
publicity); an app above subclasses :class:`Section` and has ``site`` register it. Nobody here knows
that app.

    class PledgeSection(Section):
        name, label, order = "pledge", "承诺规则", 60
        note = "承诺规则：谁承诺、对照哪条标准、至少几条、谁来审"

        def check(self, table: Table) -> list[Rule]: ...
        def install(self, campaign: Campaign, data: list[Rule]) -> None: ...
        def dump(self, campaign: Campaign) -> dict[str, Any]: ...
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhengyou.campaigns.blueprint.fields import Field
from zhengyou.kernel.verdict import Verdict

if TYPE_CHECKING:
    from zhengyou.campaigns.blueprint.table import Table
    from zhengyou.campaigns.models import Campaign, Standard
    from zhengyou.people.actor import Actor


class Section:
    """One top-level table of a blueprint, such as ``[pledge.CODE]``.

    Attributes:
        name: the table's name in the file, ASCII.
        label: what it is called in messages, Chinese.
        order: sections are checked, installed and dumped by it; 10–55 are taken by campaigns.
        note: the comment that stands above it in a dumped file; several lines are allowed.
        fields: how the editor asks for the keys of its tables (see :mod:`fields`); empty: the
            editor shows the section as the text it is.
        parts: what a table inside a table of the section is called: ``{"task": "任务"}``.
        single: the section is one table, ``[name]``, without codes.
    """

    name: str
    label: str
    order: int = 100
    note: str = ""
    fields: Mapping[str, Sequence[Field]] = {}
    parts: Mapping[str, str] = {}
    single: bool = False

    def check(self, table: "Table") -> Any:
        """Read the table and return plain data for :meth:`install`.

        Never raises for what a clerk wrote: ``table`` collects what is wrong with line and remedy,
        and gives a harmless value in its place. Equal files must give equal data.

        Args:
            table: the section; empty where the file does not have it.
        """
        raise NotImplementedError

    def install(self, campaign: "Campaign", data: Any) -> None:
        """Make the rows of ``data`` (from a :meth:`check` without problems) for a new campaign.

        Runs in the transaction that makes the campaign, sections of lower ``order`` first.

        Raises:
            Refused: the data does not go with the campaign's dates, in words.
        """
        raise NotImplementedError

    def remove(self, campaign: "Campaign") -> None:
        """Delete what :meth:`install` made, before a draft campaign takes another file.

        Runs in reverse ``order``.
        """
        raise NotImplementedError

    def dump(self, campaign: "Campaign") -> dict[str, Any]:
        """Return the section as it is today, as TOML values: what :meth:`check` reads back.

        Keys in the order of writing; empty: the section is left out.
        """
        raise NotImplementedError

    def summary(self, data: Any) -> list[str]:
        """Say in words what :meth:`check` understood, a line each, for the one who checks."""
        return []

    def plan_texts(self, campaign: "Campaign") -> Mapping[str, str]:
        """Return what this section gives a new plan: section code → text."""
        return {}

    def opened(self, campaign: "Campaign", actor: "Actor") -> None:
        """Follow the start of ``campaign``; in the same transaction."""

    def moved(self, campaign: "Campaign") -> None:
        """Follow phases of ``campaign`` that were given other days; in the same transaction."""

    def to_take_over(self, old: "Campaign") -> list[str]:
        """Say in words what :meth:`take_over` would bring along from ``old``, for the preview."""
        return []

    def take_over(self, old: "Campaign", new: "Campaign", actor: "Actor") -> list[str]:
        """Bring along from the last run ``old`` what is not finished, into its next run ``new``.

        Runs in the transaction that makes ``new`` (:func:`actions.again.run_again`), after all
        sections are installed, in order. Nothing about ``old`` may change.

        Returns:
            What was brought along, in words, a line each.
        """
        return []

    def may_change_standard(self, standard: "Standard") -> Verdict:
        """Say whether a standard may still be reworded, as far as this section uses it."""
        return Verdict.yes()


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Teach blueprints a section; ``site`` calls this when the house starts.

    Raises:
        ValueError: another section has that name.
    """
    known = _sections.setdefault(section.name, section)
    if type(known) is not type(section):
        raise ValueError(f"two sections are called {section.name!r}")


def sections() -> list[Section]:
    """Return what is registered, by order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))


def section(name: str) -> Section:
    """Return the section called ``name``.

    Raises:
        KeyError: there is none.
    """
    return _sections[name]
