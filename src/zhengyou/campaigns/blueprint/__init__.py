"""A campaign as data: one TOML file that a clerk can read and change. See docs/blueprint.md.

Apps above bring their part of the file with :class:`Section` and :func:`register`.
"""

from zhengyou.campaigns.blueprint.cycles import CycleSection
from zhengyou.campaigns.blueprint.groups import GroupSection
from zhengyou.campaigns.blueprint.phases import PhaseSection
from zhengyou.campaigns.blueprint.plans import PlanTextSection
from zhengyou.campaigns.blueprint.problem import Flawed, Problem
from zhengyou.campaigns.blueprint.publicity import PublicitySection
from zhengyou.campaigns.blueprint.sections import Section, register, section, sections
from zhengyou.campaigns.blueprint.standards import ProgrammeSection, StandardSection
from zhengyou.campaigns.blueprint.syntax import decode
from zhengyou.campaigns.blueprint.table import Table
from zhengyou.campaigns.blueprint.whole import (
    Blueprint,
    Shipped,
    check,
    dump,
    dump_again,
    shipped,
)

for _own in (
    GroupSection,
    PhaseSection,
    CycleSection,
    ProgrammeSection,
    StandardSection,
    PlanTextSection,
    PublicitySection,
):
    register(_own())

__all__ = [
    "Blueprint",
    "Flawed",
    "Problem",
    "Section",
    "Shipped",
    "Table",
    "check",
    "decode",
    "dump",
    "dump_again",
    "register",
    "section",
    "sections",
    "shipped",
]
