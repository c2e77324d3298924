"""Who sees and does what with duties and records."""

from zhengyou.work.rules.recording import (
    books_of,
    free_names_for,
    may_amend,
    may_discard,
    may_drop_file,
    may_keep_series,
    may_record,
    may_record_kind,
    may_see_book,
    may_see_record,
    may_strike,
    may_write,
    offered_bodies,
    visible_records,
)

__all__ = [
    "books_of",
    "free_names_for",
    "may_amend",
    "may_discard",
    "may_drop_file",
    "may_keep_series",
    "may_record",
    "may_record_kind",
    "may_see_book",
    "may_see_record",
    "may_strike",
    "may_write",
    "offered_bodies",
    "visible_records",
]
