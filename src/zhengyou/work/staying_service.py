"""What stays behind of posts and rotas when people leave a body, or a body ends: said before it is
done."""

from collections.abc import Iterator

from zhengyou.people.models import Organisation, Person
from zhengyou.work.models import HolderState, Rota, ServiceHolder, ServicePost


def of_leaving(body: Organisation, persons: list[Person]) -> Iterator[str]:
    """Yield how many of ``persons`` hold posts of the body."""
    count = ServiceHolder.objects.filter(
        post__organisation=body, person__in=persons, state=HolderState.HELD, until=None
    ).count()
    if count:
        yield f"服务岗位上有 {count} 人次还在岗，人走了请到岗位页上办离岗，或者另外安排人。"


def of_ending(bodies: list[Organisation]) -> Iterator[str]:
    """Yield how many posts and rotas wait for an heir."""
    posts = ServicePost.objects.filter(organisation__in=bodies, until=None).count()
    rotas = Rota.objects.filter(organisation__in=bodies, until=None).count()
    if posts or rotas:
        yield (
            f"服务岗位 {posts} 个、值班表 {rotas} 张留在老组织名下，"
            "新组织在自己的岗位页、值班表页按“接着办”就接过去，日子不断。"
        )
