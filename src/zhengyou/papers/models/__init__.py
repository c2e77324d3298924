"""What papers keep: the documents that were made, and what people changed in the words of one."""

from zhengyou.papers.models.draft import Act, Draft, Edit
from zhengyou.papers.models.paper import PATIENCE, Paper, PaperKind, PaperState

__all__ = ["PATIENCE", "Act", "Draft", "Edit", "Paper", "PaperKind", "PaperState"]
