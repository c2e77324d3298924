"""What the worker does for papers."""

from uuid import UUID

from django.tasks import task

from zhengyou.papers.actions import making


@task()
def write_paper(uid: str) -> None:
    """Write the paper ``uid``."""
    making.write(UUID(uid))
