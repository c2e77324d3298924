"""What goes wrong with documents, said in Chinese."""

from collections.abc import Sequence


class DocumentError(ValueError):
    """A document or a profile that cannot be printed.

    Args:
        problems: Chinese sentences, each saying where and what; at least one.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems) + "。")
        self.problems = tuple(problems)


class UnreadableError(ValueError):
    """Bytes that are no Word file."""

    def __init__(self) -> None:
        super().__init__("这不是 Word 文档（.docx），请用 Word 或 WPS 另存为 .docx 后再试。")
