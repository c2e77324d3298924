"""The one way in which a file is turned down."""


class BadFile(Exception):  # reads as a sentence: raise BadFile(reason)
    """A file was not taken; ``reason`` is Chinese and says what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
