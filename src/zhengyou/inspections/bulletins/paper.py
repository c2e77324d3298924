"""A bulletin as an official document (GB/T 9704)."""

from collections.abc import Sequence

from zhengyou.documents import (
    Block,
    Document,
    Heading,
    Masthead,
    Paragraph,
    Table,
    paragraphs,
)
from zhengyou.inspections.models.bulletin import Bulletin, BulletinArticle
from zhengyou.inspections.models.vocabulary import FindingKind
from zhengyou.ui.text import long_date

_HEADS = (
    (FindingKind.PRAISE, "做得好的"),
    (FindingKind.CRITICISM, "要改的"),
    (FindingKind.NOTE, "要注意的"),
)


def document(bulletin: Bulletin, articles: Sequence[BulletinArticle]) -> Document:
    """Return the document. ``bulletin`` has its bodies fetched."""
    blocks: list[Block] = []
    if bulletin.why:
        blocks.append(
            Paragraph(f"本通报更正原第 {bulletin.version - 1} 版。更正理由：{bulletin.why}")
        )
    blocks += paragraphs(bulletin.opening)
    for kind, head in _HEADS:
        rows = [row for row in articles if row.kind == kind]
        if rows:
            blocks.append(Heading(1, head))
            blocks += [block for row in rows for block in paragraphs(row.words)]
    blocks += _deadlines(articles)
    blocks += paragraphs(bulletin.closing)
    return Document(
        title=bulletin.title,
        blocks=blocks,
        addressee=addressee(bulletin),
        signatory=bulletin.organisation.name,
        signed_on=bulletin.published_on,
        sealed=False,
        masthead=Masthead(number=bulletin.number),
    )


def addressee(bulletin: Bulletin) -> str:
    """Return to whom it goes, in words."""
    return f"{bulletin.scope.name}所属各党组织"


def _deadlines(articles: Sequence[BulletinArticle]) -> list[Block]:
    rows = [row for row in articles if row.kind == FindingKind.CRITICISM and row.deadline]
    if not rows:
        return []
    cells = [[row.organisation.name, row.finding.text, long_date(row.deadline)] for row in rows]
    return [Table(["单位", "要改的事", "期限"], cells, caption="整改期限", widths=[3, 6, 3])]
