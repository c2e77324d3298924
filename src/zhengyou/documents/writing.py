"""From a document to a Word file, part by part in the order of the standard (chapter 7)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from .blocks import Block, Heading, Note, PageBreak, Paragraph, Table
from .document import Attachment, Document, Masthead
from .errors import DocumentError
from .markup import Element, add_property, el, paragraph, run, runs, switch
from .outline import numbered
from .package import describe, new_file, saved
from .profile import GBT_9704, Profile, twips
from .styles import right_space
from .tables import table
from .text import chinese_date, clean_text, width
from .titles import broken

_TWIPS_PER_POINT = 20
#: Height of the red name's line to its type size; its glyphs stand in the middle.
_MASTHEAD_LINE = 1.25
_SENTENCE_ENDS = "。！？：；…"


def to_docx(document: Document, profile: Profile = GBT_9704, *, created: datetime) -> bytes:
    """Return ``document`` as a Word file (.docx).

    Args:
        document: what to print.
        profile: how it looks; the national standard by default.
        created: when it was made, with a time zone, said in the file's properties. The same
            document, profile and time give the same bytes.

    Raises:
        DocumentError: ``created`` has no time zone.
    """
    if created.tzinfo is None:
        raise DocumentError(["文件生成时间没有时区"])
    file = new_file(profile)
    body = file.element.body
    section = body[-1]
    for element in _Writer(profile).write(document):
        section.addprevious(element)
    describe(file, document, created)
    return saved(file)


class _Writer:
    """Writes one document; remembers whether the next paragraph begins a page."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.elements: list[Element] = []
        self.new_page = False

    def write(self, document: Document) -> list[Element]:
        if document.masthead:
            self.masthead(document.masthead)
        self.title(document.title, "Title")
        if document.addressee:
            self.add("Addressee", document.addressee.strip().rstrip("：:") + "：")
        self.blocks(document.blocks)
        self.attachment_note([attachment.title.strip() for attachment in document.annexes])
        self.signature(document)
        if document.remark:
            self.add("Remark", f"（{document.remark.strip()}）")
        for number, attachment in enumerate(document.annexes, 1):
            if attachment.blocks:
                alone = len(document.annexes) == 1
                self.attachment(attachment, "附件" if alone else f"附件{number}")
        self.close_table()
        return self.elements

    def add(self, style: str, *content: Element | str, properties: Sequence[Element] = ()) -> None:
        """Add a paragraph; it begins a page if a page break came before."""
        element = paragraph(style, *content, properties=properties)
        if self.new_page:
            add_property(element[0], switch("pageBreakBefore"))
            self.new_page = False
        self.elements.append(element)

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.add("Normal")

    def keep_last(self, paragraphs: int = 1) -> None:
        """Keep the last paragraphs on one page with what follows."""
        for element in self.elements[-paragraphs:]:
            if element.tag.endswith("}p"):
                add_property(element[0], switch("keepNext"))

    def keep_text(self) -> None:
        """Keep the last words of the body on the page of what follows: no page without text.

        Not a very long paragraph: some programs would take all of it to the next page.
        """
        text = "".join(self.elements[-1].itertext())
        if width(text) <= self.profile.characters * self.profile.lines / 2:
            self.keep_last()

    def per_line(self, points: float) -> int:
        return int(self.profile.text_width / 20 / points)

    def masthead(self, head: Masthead) -> None:
        if head.urgency:
            self.add("Urgency", head.urgency)
        if head.issuer:
            self.issuer(head.issuer.strip(), lines_above=1 if head.urgency else 0)
        if head.number or head.signer:
            self.number_line(head)
        elif head.issuer:
            self.add("RuledNumber")
        self.blank(2)

    def issuer(self, issuer: str, lines_above: int) -> None:
        """Set the red name, its upper edge 35 mm below that of the type area (7.2.4)."""
        fitting = self.profile.text_width / 20 / max(width(issuer), 1)
        points = int(max(min(self.profile.masthead_size, fitting), self.profile.body_size))
        height = round(points * _TWIPS_PER_POINT * _MASTHEAD_LINE)
        above = lines_above * self.profile.line_pitch + (height - points * _TWIPS_PER_POINT) // 2
        drop = twips(self.profile.masthead_drop) - above
        if drop > 0:
            exact = el("spacing", before=0, after=0, line=drop, lineRule="exact")
            self.add("Normal", properties=[exact])
        red = run(issuer)
        properties = red.find("{*}rPr")
        if properties is None:
            properties = el("rPr")
            red.insert(0, properties)
        for tag in ("sz", "szCs"):
            add_property(properties, el(tag, val=points * 2))
        line = el("spacing", before=0, after=0, line=height, lineRule="exact")
        self.add("Issuer", red, properties=[line])
        self.blank(2)

    def number_line(self, head: Masthead) -> None:
        """Set the number, centred, or left with the signer at the right (7.2.5, 7.2.6)."""
        style = "RuledNumber" if head.issuer else "Number"
        number = head.number or ""
        if not head.signer:
            self.add(style, number)
            return
        # Spaces and a tab, not indents: the red line would be indented with the paragraph.
        end = self.profile.text_width - self.profile.indent(1)
        stop = el("tabs", el("tab", val="right", pos=end))
        content = (run(f"　{number}\t签发人："), run(head.signer.strip(), "Signer"))
        self.add(style, *content, properties=[stop, el("jc", val="left")])

    def title(self, title: str, style: str) -> None:
        lines = broken(clean_text(title).strip(), self.per_line(self.profile.title_size))
        self.add(style, "\n".join(lines))
        self.blank()

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block, number in numbered(blocks):
            match block:
                case Heading():
                    self.heading(block, number)
                case Paragraph():
                    self.paragraph(block)
                case Table():
                    self.table(block)
                case Note():
                    self.add("Note", block.text)
                case PageBreak():
                    self.new_page = True

    def heading(self, heading: Heading, number: str) -> None:
        style = f"Heading{heading.level}"
        text = number + heading.text.strip()
        if not heading.body_runs:
            self.add(style, text)
            return
        if not text.endswith(tuple(_SENTENCE_ENDS)):
            text += "。"
        # Not the heading's own style: the outline would show the whole paragraph.
        self.add("Body", run(text, f"{style}Char"), *runs(heading.body_runs))

    def paragraph(self, block: Paragraph) -> None:
        properties = [] if block.align is None else [el("jc", val=block.align)]
        self.add("Body" if block.indent else "Normal", *runs(block.runs), properties=properties)

    def table(self, block: Table) -> None:
        if block.caption:
            self.close_table()
            self.add("Caption", block.caption.strip())
        elif self.after_table():
            self.add("TableText")  # Word would make one table of two that touch
        elif self.new_page:
            self.add("Gap")
        self.elements.append(table(block, self.profile))

    def after_table(self) -> bool:
        return bool(self.elements) and self.elements[-1].tag.endswith("}tbl")

    def close_table(self) -> None:
        """End with a paragraph: Word refuses a file whose last block is a table."""
        if self.after_table():
            self.add("Gap")

    def attachment_note(self, titles: Sequence[str]) -> None:
        """List the attachments one line below the body (7.3.4), titles under one another."""
        if not titles:
            return
        self.keep_text()
        self.blank()
        self.keep_last()
        label = 3.0  # “附件：”
        for number, title in enumerate(titles, 1):
            numeral = 0.0 if len(titles) == 1 else 1.0 if len(titles) < 10 else 2.0
            hanging = numeral + (label if number == 1 else 0.0)
            left = 2 + label + numeral
            text = f"{number}.\t{title}" if numeral else title
            self.add(
                "AttachmentNote",
                f"附件：{text}" if number == 1 else text,
                properties=[self._hanging(left, hanging)],
            )

    def _hanging(self, left: float, hanging: float) -> Element:
        return el(
            "ind",
            leftChars=round(left * 100),
            left=self.profile.indent(left),
            hangingChars=round(hanging * 100),
            hanging=self.profile.indent(hanging),
        )

    def signature(self, document: Document) -> None:
        if not document.signatory and not document.signed_on:
            return
        self.keep_text()  # never a page with nothing but a signature (7.3.5.5)
        before = len(self.elements)
        self.blank(self.profile.blank_lines_before_seal if document.sealed else 1)
        date = chinese_date(document.signed_on) if document.signed_on else ""
        name = (document.signatory or "").strip()
        if document.sealed:
            self.sealed(name, date)
        else:
            self.unsealed(name, date)
        written = len(self.elements) - before
        if written > 1:
            last = self.elements.pop()
            self.keep_last(written - 1)
            self.elements.append(last)

    def sealed(self, name: str, date: str) -> None:
        """Set the signatory centred over the date, the date four characters in (7.3.5.1).

        A name so long that it would come nearer to the margin than two characters keeps these two
        and takes the date along under its middle.
        """
        axis = self.profile.date_right_characters + width(date) / 2
        lines = broken(name, self.profile.characters - 4)
        needed = max(width(line) for line in lines) / 2 + 2
        moved = needed > axis
        axis = max(axis, needed)
        if name:
            self.add("Signatory", "\n".join(lines), properties=[self._centred_at(axis)])
        if date and moved and name:
            self.add("SignedOn", date, properties=[self._centred_at(axis), el("jc", val="center")])
        elif date:
            self.add("SignedOn", date)

    def _centred_at(self, axis: float) -> Element:
        """Return the indents of a paragraph whose middle is ``axis`` characters from the right."""
        left = max(self.profile.text_width - self.profile.indent(2 * axis), 0)
        return el("ind", left=left, rightChars=0, right=0)

    def unsealed(self, name: str, date: str) -> None:
        """Set the signatory two characters in, the date beginning two further on (7.3.5.2).

        Where the date would come nearer to the margin than two characters, it keeps these and the
        name moves to the left.
        """
        if not name:
            self.add("SignedOn", date, properties=[right_space(self.profile, 2)])
            return
        lines = broken(name, self.profile.characters - 4)
        name_width = max(width(line) for line in lines)
        name_right = max(2.0, 4 + width(date) - name_width) if date else 2.0
        properties = [right_space(self.profile, name_right), el("jc", val="right")]
        self.add("Signatory", "\n".join(lines), properties=properties)
        if date:
            left = self.profile.characters - name_right - name_width + 2
            place = el("ind", left=self.profile.indent(left), rightChars=0, right=0)
            self.add("SignedOn", date, properties=[place, el("jc", val="left")])

    def attachment(self, attachment: Attachment, mark: str) -> None:
        """Bind an attachment in: new page, mark on line one, title on line three (7.3.7)."""
        self.close_table()
        self.new_page = True
        self.add("AttachmentMark", mark)
        self.blank()
        self.title(attachment.title, "AttachmentTitle")
        self.blocks(attachment.blocks)
