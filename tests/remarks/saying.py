"""Short ways of saying something in public, as tests need it."""

from typing import Any

from zhengyou.kernel.refs import Ref
from zhengyou.remarks import codes, laying
from zhengyou.remarks.actions import writing
from zhengyou.remarks.models import Remark
from zhengyou.remarks.targets import Target, resolve


def target_of(thing: Any) -> Target:
    """Return a plan or an item of a pledge as the public may speak about it."""
    ref: Ref = thing.ref
    found = resolve(ref.kind, ref.uid)
    assert found is not None
    return found


def say(thing: Any, text: str = "讲题的时间能不能晚一点？", signature: str = "") -> Remark:
    """Write a remark about ``thing`` and return it as stored."""
    return say_and_keep(thing, text, signature)[0]


def say_and_keep(thing: Any, text: str, signature: str = "") -> tuple[Remark, str]:
    """Write a remark and return it with its code, as the receipt spells it."""
    code = writing.write(target_of(thing), text, signature)
    return Remark.objects.get(code_lookup=laying.code_lookup(code)), codes.spaced(code)
