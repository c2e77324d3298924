"""A whole document as data. One that exists can be printed: making a wrong one raises."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .blocks import Block, Heading, Note, PageBreak, Paragraph, Table
from .errors import DocumentError
from .outline import level_problems
from .text import clean_text, text_problems

_BLOCKS = (Paragraph, Heading, Table, Note, PageBreak)
_NUMBER = re.compile(r"[^〔〕\[\]（）()]+〔\d{4}〕[1-9]\d*号")
_URGENCIES = ("特急", "加急")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of an issued document (7.2), down to the red line. All parts are optional.

    Secrecy marks are left out on purpose: a classified document does not belong in this system.

    Args:
        issuer: the red name, such as “中共云岭县委教育工委文件”.
        number: such as “云教工委〔2026〕3号”.
        urgency: “特急” or “加急”.
        signer: name behind “签发人：”, for documents that go up.
    """

    issuer: str | None = None
    number: str | None = None
    urgency: Literal["特急", "加急"] | None = None
    signer: str | None = None

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in Chinese."""
        for what, text in (("发文机关标志", self.issuer), ("签发人", self.signer)):
            if text is not None:
                yield from text_problems(text, what)
        if self.number is not None and not _NUMBER.fullmatch(self.number):
            yield "发文字号应当写成“云教工委〔2026〕3号”的样子：年份用六角括号，序号前不加 0"
        if self.urgency not in (None, *_URGENCIES):
            yield "紧急程度只能是“特急”或“加急”"


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment, named under the body and, where it has blocks, bound behind it (7.3.7).

    Args:
        title: name, without quotation marks or punctuation at its end.
        blocks: its text; empty if the attachment is a separate file. Headings count anew.
    """

    title: str
    blocks: Sequence[Block] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", tuple(self.blocks))


@dataclass(frozen=True, slots=True)
class Document:
    """An official document.

    Args:
        title: one line, or several where the author wants the breaks.
        blocks: the body, at least one block with text.
        addressee: 主送机关, without the colon at its end.
        attachments: titles, or :class:`Attachment` where the text is bound in.
        signatory: 署名, the body that signs.
        signed_on: 成文日期.
        sealed: will a seal be put on it? Decides where signature and date stand (7.3.5).
        remark: 附注, such as a contact, without brackets.
        masthead: 版头.

    Raises:
        DocumentError: something is wrong; all of it is said at once.
    """

    title: str
    blocks: Sequence[Block]
    addressee: str | None = None
    attachments: Sequence[str | Attachment] = ()
    signatory: str | None = None
    signed_on: date | None = None
    sealed: bool = True
    remark: str | None = None
    masthead: Masthead | None = None

    def __post_init__(self) -> None:
        named = tuple(Attachment(a) if isinstance(a, str) else a for a in self.attachments)
        object.__setattr__(self, "blocks", tuple(self.blocks))
        object.__setattr__(self, "attachments", named)
        if problems := list(self._problems()):
            raise DocumentError(problems)

    @property
    def annexes(self) -> tuple[Attachment, ...]:
        """The attachments as such, in order."""
        return tuple(a for a in self.attachments if isinstance(a, Attachment))

    @property
    def title_line(self) -> str:
        """The title on one line."""
        return "".join(line.strip() for line in clean_text(self.title).split("\n"))

    def _problems(self) -> Iterator[str]:
        yield from text_problems(self.title, "文件标题", lines=True)
        for what, text in (
            ("主送机关", self.addressee),
            ("署名", self.signatory),
            ("附注", self.remark),
        ):
            if text is not None:
                yield from text_problems(text, what)
        if self.signed_on is not None and type(self.signed_on) is not date:
            yield "成文日期应当是一个日期，不带时间"
        if self.masthead is not None:
            yield from (f"版头：{problem}" for problem in self.masthead.problems())
        if all(isinstance(block, PageBreak) for block in self.blocks):
            yield "正文没有内容，请至少写一段"
        yield from _block_problems("正文", self.blocks)
        yield from self._attachment_problems()

    def _attachment_problems(self) -> Iterator[str]:
        for number, attachment in enumerate(self.attachments, 1):
            if not isinstance(attachment, Attachment):
                yield f"附件{number}应当是名称，或者 Attachment"
                continue
            yield from text_problems(attachment.title, f"附件{number}名称")
            yield from _block_problems(f"附件{number}", attachment.blocks)


def _block_problems(where: str, blocks: Sequence[object]) -> Iterator[str]:
    found: list[tuple[int, str]] = list(level_problems(blocks))
    for place, block in enumerate(blocks, 1):
        if isinstance(block, _BLOCKS):
            found += [(place, problem) for problem in block.problems()]
        else:
            found.append((place, f"不是可以排版的内容（{type(block).__name__}）"))
    for place, problem in sorted(found):
        label = getattr(blocks[place - 1], "label", "")
        yield f"{where}第{place}块{f'（{label}）' if label else ''}：{problem}"
