"""What the worker does for 工作台: letters."""

from datetime import date

from django.tasks import task


@task()
def send_confirmation(reminder: int, address: str, code: str) -> None:
    """Ask whoever reads ``address`` whether it is theirs."""
    from zhengyou.desk import letters

    letters.ask(reminder, address, code)


@task()
def send_digest(reminder: int, day: str) -> None:
    """Send the digest of ``day``, unless nothing is due."""
    from zhengyou.desk import letters

    letters.digest(reminder, date.fromisoformat(day))


@task()
def send_handover(person: str, title: str, words: str, url: str) -> None:
    """Tell somebody at once what was handed over."""
    from zhengyou.desk import letters

    letters.handed_over(person, title, words, url)
