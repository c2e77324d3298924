"""四个明确: does a plan make theme, carriers, conditions and pledges clear? In words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from zhengyou.campaigns.models import CLEAR, SectionCode
from zhengyou.kernel.texts import count_characters

ENOUGH = {
    SectionCode.THEME: 4,
    SectionCode.CARRIERS: 10,
    SectionCode.CONDITIONS: 20,
    SectionCode.PLEDGES: 40,
}
"""Characters (字) below which a section is too thin to be clear."""

BLANK = "请在这里补上"
"""The words by which a model text asks for something of the body's own."""

_WHAT_TO_WRITE = {
    SectionCode.THEME: "请用一句话写出本支部的活动主题",
    SectionCode.CARRIERS: "请写出靠哪些活动来推动，一个一行",
    SectionCode.CONDITIONS: "请写出先进支部、优秀党员要做到哪几条",
    SectionCode.PLEDGES: "请写出支部和党员承诺哪些事、办到什么程度、哪天办好",
    SectionCode.GUIDING: "请写出围绕什么中心、为了什么",
    SectionCode.AIMS: "请写出要达到什么目标",
    SectionCode.STEPS: "请写出分几步走、每步办什么、到哪天",
    SectionCode.SAFEGUARDS: "请写出谁牵头、谁配合、怎么督促",
}


class Lack(models.TextChoices):
    """What is not clear about a section."""

    MISSING = "missing", "没有写"
    THIN = "thin", "写得太少"
    SAME = "same", "和范本一样"
    BLANK = "blank", "范本里的空没有填"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not clear, and what to do.

    Args:
        blocking: the plan may not be submitted with it.
    """

    section: SectionCode
    lack: Lack
    remedy: str
    blocking: bool

    def __str__(self) -> str:
        return f"“{self.section.label}”{self.lack.label}，{self.remedy}。"


def findings(texts: Mapping[str, str], given: Mapping[str, str]) -> list[Finding]:
    """Return what is not clear in a plan, in the order of its sections.

    Args:
        texts: section code → text as it is.
        given: section code → model text it began with.
    """
    found = (_look(code, texts.get(code, ""), given.get(code, "")) for code in SectionCode)
    return [finding for finding in found if finding]


def blocking(texts: Mapping[str, str]) -> list[Finding]:
    """Return the findings with which a plan may not be submitted."""
    return [finding for finding in findings(texts, {}) if finding.blocking]


def _look(code: SectionCode, text: str, given: str) -> Finding | None:
    """Return the one thing to say about a section: the worst."""
    text, clear = text.strip(), code in CLEAR
    if not text:
        return Finding(code, Lack.MISSING, _WHAT_TO_WRITE[code], blocking=clear)
    if BLANK in text:
        return Finding(code, Lack.BLANK, "请把括号里的提示换成本支部的内容", blocking=clear)
    size, least = count_characters(text), ENOUGH.get(code, 0)
    if size < least:
        remedy = f"只有 {size} 个字，{_WHAT_TO_WRITE[code]}"
        return Finding(code, Lack.THIN, remedy, blocking=False)
    if clear and text == given.strip():
        return Finding(
            code, Lack.SAME, "请照本支部的实际改一改，不改也要想清楚做不做得到", blocking=False
        )
    return None
