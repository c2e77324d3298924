"""Models of the room: what the public says, who let it through, what was answered."""

from zhengyou.remarks.models.moderation import HoldReason, Moderation
from zhengyou.remarks.models.remark import Remark, RemarkState
from zhengyou.remarks.models.reply import Reply, ReplyKind

__all__ = ["HoldReason", "Moderation", "Remark", "RemarkState", "Reply", "ReplyKind"]
