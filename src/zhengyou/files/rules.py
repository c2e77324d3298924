"""Who may download an attachment: whoever sees its owner."""

from typing import Any

from zhengyou.files.models import Attachment
from zhengyou.kernel import refs


def is_visible(attachment: Attachment, actor: Any) -> bool:
    """Tell whether ``actor`` (None: nobody is signed in) sees what ``attachment`` belongs to."""
    target = refs.resolve(attachment.owner, actor)
    return target is not None and target.visible
