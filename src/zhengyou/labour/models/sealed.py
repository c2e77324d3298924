"""Text that nobody reads out of the database alone: sealed with the keys of ``kernel.identity``."""

from typing import Any

from django.db import models

from zhengyou.kernel import identity


class SealedTextField(models.TextField[str, str]):
    """A text that is encrypted (AES-GCM) on its way into the database and opened on its way out.

    It cannot be searched, sorted or compared there. Without the key reading raises
    :class:`identity.Unreadable`: nothing is shown in its place, and nothing is written over it.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Seal a text; an empty one stays empty."""
        text = super().get_prep_value(value)
        return identity.seal(text) if text else text

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """Open what was sealed."""
        return identity.unseal(value) if value else value
