"""Likeness as this room and its migrations call it; it stands in the kernel, for all rooms."""

from zhengyou.kernel.likeness import ALIKE, BANDS, GRAM, alike, bands, plain

__all__ = ["ALIKE", "BANDS", "GRAM", "alike", "bands", "plain"]
