"""Official documents (GB/T 9704—2012) as Word files, from plain data."""

from .blocks import Alignment, Block, Heading, Note, PageBreak, Paragraph, Run, Table, paragraphs
from .document import Attachment, Document, Masthead
from .errors import DocumentError, UnreadableError
from .length import LENGTH_LIMITS, body_length, count_characters, length_warning
from .profile import GBT_9704, Profile, profile_from
from .reading import Piece, read_text
from .text import chinese_date, chinese_number, clean_text
from .writing import to_docx

__all__ = [
    "GBT_9704",
    "LENGTH_LIMITS",
    "Alignment",
    "Attachment",
    "Block",
    "Document",
    "DocumentError",
    "Heading",
    "Masthead",
    "Note",
    "PageBreak",
    "Paragraph",
    "Piece",
    "Profile",
    "Run",
    "Table",
    "UnreadableError",
    "body_length",
    "chinese_date",
    "chinese_number",
    "clean_text",
    "count_characters",
    "length_warning",
    "paragraphs",
    "profile_from",
    "read_text",
    "to_docx",
]
