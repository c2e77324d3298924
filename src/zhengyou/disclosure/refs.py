"""How references of this room resolve, and how its facts read."""

from collections.abc import Mapping

from zhengyou.kernel.refs import Many, Resolver

VERBS: Mapping[str, str] = {}
"""Ledger verbs of this room and their words."""

RESOLVERS: Mapping[str, Resolver] = {}
TOGETHER: Mapping[str, Many] = {}
