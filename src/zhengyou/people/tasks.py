"""What the worker does for people."""

from uuid import UUID

from django.tasks import task

from zhengyou.people.roster import jobs


@task()
def check_roster(uid: str, job: str) -> None:
    """Check the uploaded roster ``uid``."""
    jobs.check(UUID(uid), UUID(job))


@task()
def write_roster(uid: str, job: str) -> None:
    """Write the confirmed roster ``uid`` to the roll."""
    jobs.write(UUID(uid), UUID(job))


@task()
def undo_roster(uid: str, job: str) -> None:
    """Take the import ``uid`` back."""
    jobs.take_back(UUID(uid), UUID(job))
