"""Letters: the daily digest, the confirmation of an address, and what is handed over at once.

Each goes out as plain text and as HTML. A letter says what waits, never what stands in it: it lies
in a mailbox outside the house.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from zhengyou.desk.models import Reminder
from zhengyou.desk.queries import errands_of
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.kernel.handovers import Handover
from zhengyou.people.actor import Actor, hats_of
from zhengyou.people.models import Account, Person

log = structlog.get_logger(__name__)


def can_send() -> bool:
    """Tell whether this house has a post office at all."""
    return not settings.MAILERS["default"]["BACKEND"].endswith("dummy.EmailBackend")


def absolute(url: str) -> str:
    """Return an address of the house with its host, for letters and calendars."""
    return urljoin(settings.SITE_URL, url)


# --- the digest ----------------------------------------------------------------------------------
def enqueue_due() -> int:
    """Put the digests of this hour on their way, each account's once a day. Returns how many.

    The row is marked in the transaction that enqueues the letter: neither two clocks nor a crash
    sends a second one.
    """
    from django.db import transaction

    from zhengyou.desk.tasks import send_digest

    if not can_send():
        return 0
    today, hour = clock.today(), clock.now().astimezone(clock.SHANGHAI).hour
    due = Reminder.objects.filter(on=True, hour__lte=hour, account__closed_at__isnull=True)
    sent = 0
    for pk in due.exclude(last_on__gte=today).values_list("pk", flat=True):
        with transaction.atomic():
            mine = Reminder.objects.filter(pk=pk, on=True).exclude(last_on__gte=today)
            if mine.update(last_on=today):
                send_digest.enqueue(pk, today.isoformat())
                sent += 1
    return sent


def digest(reminder: int, day: date) -> bool:
    """Send one digest; returns whether there was anything to say.

    A letter that comes to its turn on a later day (the worker stood still) is not sent: what it
    would say is in the next one.
    """
    row = Reminder.objects.select_related("account__person").filter(pk=reminder, on=True).first()
    if row is None or day != clock.today() or not row.account.is_active:
        return False
    todo, waiting = everything(row.account)
    if not todo and not waiting:
        return False
    words = {
        "todo": todo, "waiting": waiting, "day": day, "site": settings.SITE_NAME,
        "desk": absolute(reverse("desk:today")), "stop": absolute(reverse("desk:reminders")),
    }  # fmt: skip
    counts = [f"{len(todo)} 件要办" if todo else "", f"{len(waiting)} 件等您定" if waiting else ""]
    title = f"{settings.SITE_NAME}：{'，'.join(filter(None, counts))}"
    _send(row.address, title, "digest", words)
    return True


def everything(account: Account) -> tuple[list[Errand], list[Errand]]:
    """Return what is due from, and what waits for, somebody under all hats, each thing once."""
    todo: dict[tuple[str, str], Errand] = {}
    waiting: dict[tuple[str, str], Errand] = {}
    for actor in actors_of(account):
        for errand in errands_of(actor, "todo_for"):
            todo.setdefault((errand.title, errand.url), _absolute(errand))
        for errand in errands_of(actor, "waiting_for"):
            waiting.setdefault((errand.title, errand.url), _absolute(errand))
    return list(todo.values()), list(waiting.values())


def actors_of(account: Account) -> Iterator[Actor]:
    """Yield the account's person under each hat."""
    if account.person is None:
        return
    hats = hats_of(account.person)
    bodies = tuple(hat.organisation for hat in hats if hat.role is None)
    for hat in hats:
        yield Actor(account, account.person, hat, hats, bodies)


def _absolute(errand: Errand) -> Errand:
    title = errand.outside or errand.title
    return replace(errand, title=title, url=absolute(errand.url))


# --- other letters -------------------------------------------------------------------------------
def ask(reminder: int, address: str, code: str) -> None:
    """Send the letter that confirms an address, if it still waits."""
    if Reminder.objects.filter(pk=reminder, waiting=address).exists():
        url = absolute(reverse("desk:reminders_confirm", args=[code]))
        words = {"site": settings.SITE_NAME, "url": url}
        _send(address, f"{settings.SITE_NAME}：确认这个邮箱是您的", "confirm", words)


def bring(what: Handover) -> None:
    """Put a letter about ``what`` on its way; the desk shows it at once in any case."""
    from zhengyou.desk.tasks import send_handover

    if can_send():
        send_handover.enqueue(str(what.to), what.title, what.words, what.url)


def handed_over(person: str, title: str, words: str, url: str) -> None:
    """Tell ``person`` (a uid) what was handed over, if an address is known."""
    found = Person.objects.select_related("account__reminder").filter(uid=person).first()
    account = getattr(found, "account", None)
    row = getattr(account, "reminder", None)
    if row is None or not row.address or account is None or not account.is_active:
        return
    texts = {
        "site": settings.SITE_NAME, "title": title, "words": words, "url": absolute(url),
        "stop": absolute(reverse("desk:reminders")),
    }  # fmt: skip
    _send(row.address, f"{settings.SITE_NAME}：转给您一件要马上办的事", "handover", texts)


def _send(address: str, title: str, name: str, words: Mapping[str, object]) -> None:
    text, html = (
        render_to_string(f"desk/mail/{name}.{kind}", dict(words)) for kind in ("txt", "html")
    )
    mail = EmailMultiAlternatives(title, text, settings.DEFAULT_FROM_EMAIL, [address])
    mail.attach_alternative(html, "text/html")
    mail.send()
    log.info("letter sent", letter=name)
