"""Changing what a running campaign asks for: add a duty, change it, end it. From the first day of
a period on, with a reason; the history is the rows of terms and the campaign's changes.
"""

from datetime import date

from django.db.models import Max

from zhengyou.campaigns.actions.changes import note_change
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.ui.text import long_date
from zhengyou.work import terms_words
from zhengyou.work.actions.enrolled import enrol_what_is_there
from zhengyou.work.asking import DutyData, install, of_terms, still_asked, terms_for
from zhengyou.work.beginnings import beginnings_of
from zhengyou.work.crediting import credit_anew
from zhengyou.work.models import Duty, DutyTerms
from zhengyou.work.rules import keeping

COUNTS = ("whose", "kinds", "group", "enrols", "records", "scopes", "part", "below", "measure",
          "least", "each")  # fmt: skip
"""What decides which records count, and how much; a change of it has them credited anew."""


def add(actor: Actor, campaign: Campaign, data: DutyData, since: date, reason: str) -> Duty:
    """Ask for something more from ``since`` on.

    Raises:
        Refused: no right, no reason, a code that is taken, or a day that cannot be.
    """
    with book.writing() as facts:
        _hold(campaign)
        keeping.may_change_duties(actor, campaign).require()
        keeping.gives_reason(campaign, reason).require()
        if campaign.duties.filter(code=data.code).exists():
            raise Refused(f"代号“{data.code}”已经有任务用了，请换一个。")
        if not clock.today() <= since <= campaign.ends_on:
            raise Refused(f"从今天到 {long_date(campaign.ends_on)} 之间选一天开始。")
        order = campaign.duties.aggregate(last=Max("order"))["last"]
        duty = install(campaign, data, since, 0 if order is None else order + 1)
        words = f"从{long_date(since)}起：{terms_words.sentence(data)}"
        note_change(actor, campaign, f"加了任务“{duty.title}”", "", words, reason)
        enrol_what_is_there(facts, actor, duty, since)
        credit_anew(campaign, since, data.records)
        facts.record("duty.add", by=actor, about=duty.ref,
                     data={"campaign": campaign.uid, "since": since},
                     names={"reason": reason.strip()})  # fmt: skip
    return duty


def change_terms(
    actor: Actor, duty: Duty, data: DutyData, since: date, reason: str
) -> DutyTerms | None:
    """Ask for something else from ``since``, the first day of a period, on. What was to change
    later is dropped.

    Returns:
        The new terms; None where all is as it was.

    Raises:
        Refused: no right, no reason, or not the first day of a period.
    """
    campaign = duty.campaign
    with book.writing() as facts:
        _hold(campaign)
        keeping.may_change_duties(actor, campaign).require()
        old = _asked_from(duty, since)
        before = of_terms(old)
        if before == data:
            return None
        keeping.gives_reason(campaign, reason).require()
        _must_begin(duty, since)
        Duty.objects.filter(pk=duty.pk).update(title=data.title)
        duty.title = data.title
        DutyTerms.objects.filter(duty=duty).end(since)
        made = terms_for(duty, data, since)
        made.save()
        enrol_what_is_there(facts, actor, duty, since)
        what = f"任务“{data.title}”，从{long_date(since)}起"
        was, now = terms_words.whole(before), terms_words.whole(data)
        note_change(actor, campaign, what, was, now, reason)
        if any(getattr(before, name) != getattr(data, name) for name in COUNTS):
            credit_anew(campaign, since, (*before.records, *data.records))
        facts.record("duty.change", by=actor, about=duty.ref, data={"since": since},
                     names={"reason": reason.strip()})  # fmt: skip
    return made


def end(actor: Actor, duty: Duty, since: date, reason: str) -> None:
    """Ask no longer from ``since``, the first day of a period, on.

    Raises:
        Refused: no right, no reason, ended already, or not the first day of a period.
    """
    campaign = duty.campaign
    with book.writing() as facts:
        _hold(campaign)
        keeping.may_change_duties(actor, campaign).require()
        keeping.gives_reason(campaign, reason).require()
        before = of_terms(_asked_from(duty, since))
        _must_begin(duty, since)
        DutyTerms.objects.filter(duty=duty).end(since)
        what = f"停了任务“{duty.title}”"
        words = f"从{long_date(since)}起不再做"
        note_change(actor, campaign, what, terms_words.sentence(before), words, reason)
        credit_anew(campaign, since, before.records)
        facts.record("duty.end", by=actor, about=duty.ref, data={"since": since},
                     names={"reason": reason.strip()})  # fmt: skip


def _hold(campaign: Campaign) -> None:
    """Hold the campaign's row and look at it as it is now: two changes go one after the other."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    campaign.refresh_from_db()


def _asked_from(duty: Duty, since: date) -> DutyTerms:
    duty = Duty.objects.prefetch_related("terms__group", "terms__phase").get(pk=duty.pk)
    terms = still_asked(duty, since)
    if terms is None:
        raise Refused(f"任务“{duty.title}”到那天已经停了。")
    terms.duty = duty
    return terms


def _must_begin(duty: Duty, since: date) -> None:
    fresh = Duty.objects.select_related("campaign").get(pk=duty.pk)
    days = [each.day for each in beginnings_of(fresh, clock.today())]
    if since not in days:
        known = "、".join(long_date(day) for day in days[:3])
        raise Refused(f"要从新的一期第一天改起，如{known}。" if days else "后面没有新的一期了。")
