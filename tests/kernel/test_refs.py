"""References are values; what they lead to is registered from above."""

from uuid import UUID, uuid4

import pytest

from zhengyou.kernel import refs
from zhengyou.kernel.refs import Ref, Target

pytestmark = pytest.mark.pure


def test_a_reference_is_written_and_read_back():
    ref = Ref("plan", uuid4())
    assert Ref.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "plan", "plan:", ":x", "plan:not-a-uid"])
def test_what_is_no_reference(text):
    with pytest.raises(ValueError):
        Ref.parse(text)


def test_a_kind_resolves_as_registered():
    known = uuid4()

    def resolver(uid: UUID, actor: object) -> Target | None:
        return Target("方案", "/plans/", actor == "沈若兰") if uid == known else None

    refs.register("test-refs", resolver)
    refs.register("test-refs", resolver)
    assert "test-refs" in refs.registered()
    assert refs.resolve(Ref("test-refs", known), "沈若兰") == Target("方案", "/plans/", True)
    assert refs.resolve(Ref("test-refs", known), None) == Target("方案", "/plans/", False)
    assert refs.resolve(Ref("test-refs", uuid4()), "沈若兰") is None
    assert refs.resolve(Ref("test-refs-unknown", known), "沈若兰") is None
    with pytest.raises(ValueError, match="twice"):
        refs.register("test-refs", lambda uid, actor: None)
