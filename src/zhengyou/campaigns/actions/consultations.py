"""Put a draft out for opinions, end it early, give a signed opinion, answer one."""

from zhengyou.campaigns import consulting as rules
from zhengyou.campaigns.models import (
    Campaign,
    Consultation,
    OpinionAnswer,
    Outcome,
    Plan,
    SignedOpinion,
)
from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.kernel.workdays import add_workdays
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person
from zhengyou.remarks.actions import answering
from zhengyou.remarks.models import Remark, Reply, ReplyKind

LONGEST = 1000
"""Characters of a signed opinion."""


def consult(actor: Actor, plan: Plan, days: int) -> Consultation:
    """Put theme, carriers and aims of a draft plan out to the public for ``days`` working days.

    Raises:
        Refused: no right, not a draft, something is empty, out already, or too few days.
    """
    with book.writing():
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        plan = Plan.objects.select_related("campaign", "organisation").get(pk=plan.pk)
        rules.may_consult(actor, plan).require()
        rules.enough_days(days, plan.campaign.consult_days).require()
        return _open(actor, plan.campaign, plan, days)


def consult_below(actor: Actor, campaign: Campaign, days: int) -> Consultation:
    """Put the draft of a campaign out to the bodies below for ``days`` working days.

    Raises:
        Refused: no right, started already, out already, or too few days.
    """
    with book.writing():
        campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
        rules.may_consult_below(actor, campaign).require()
        rules.enough_days(days, 1).require()
        return _open(actor, campaign, None, days)


def _open(actor: Actor, campaign: Campaign, plan: Plan | None, days: int) -> Consultation:
    made = Consultation(
        campaign=campaign,
        plan=plan,
        opened_on=clock.today(),
        ends_on=add_workdays(clock.today(), days).day,
        days=days,
        **_signed(actor, "opened_by"),
    )
    made.shown = made.texts
    made.save()
    with book.writing() as facts:
        facts.record(
            "consultation.open",
            by=actor,
            about=made.about,
            data={"consultation": made.uid, "days": days, "ends_on": made.ends_on},
        )
    return made


def _signed(actor: Actor, field: str) -> dict[str, Person | str]:
    """Return who and in which post."""
    if actor.person is None or actor.hat is None:
        raise ValueError("only a person in a post signs")
    return {field: actor.person, "hat": actor.hat.title}


def stop(actor: Actor, consultation: Consultation, reason: str) -> None:
    """End a consultation before its time; it does not count as a whole one.

    Raises:
        Refused: no right, over already, or no reason.
    """
    with book.writing() as facts:
        _hold(consultation)
        rules.may_stop(actor, consultation).require()
        if not reason.strip():
            raise Refused("提前结束要写明理由。")
        consultation.stopped_on = clock.today()
        consultation.stopped_why = tidy(reason).strip()[:200]
        consultation.save(update_fields=["stopped_on", "stopped_why"])
        facts.record(
            "consultation.stop",
            by=actor,
            about=consultation.about,
            data={"consultation": consultation.uid},
            names={"reason": consultation.stopped_why},
        )


def _hold(consultation: Consultation) -> None:
    """Lock a consultation and read anew whether it runs."""
    Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation.pk)
    consultation.refresh_from_db(fields=["ends_on", "stopped_on"])


def opine(actor: Actor, consultation: Consultation, text: str) -> SignedOpinion:
    """Give a signed opinion on the draft of a campaign, for the body whose hat is worn.

    Raises:
        Refused: not asked, over, nothing said, or the body has said the very same before.
    """
    text = tidy(text).strip()
    with book.writing() as facts:
        _hold(consultation)
        rules.may_opine(actor, consultation).require()
        if not text or len(text) > LONGEST:
            raise Refused(f"意见要写 1 到 {LONGEST} 个字，现在 {len(text)} 个。")
        assert actor.hat is not None  # may_opine has asked
        body = actor.hat.organisation
        if consultation.opinions.filter(organisation=body, text=text).exists():
            raise Refused("这条意见已经提过了，不用再提。")
        opinion = SignedOpinion.objects.create(
            consultation=consultation,
            organisation=body,
            text=text,
            given_at=clock.now(),
            **_signed(actor, "given_by"),
        )
        facts.record(
            "consultation.opine",
            by=actor,
            about=consultation.about,
            data={"consultation": consultation.uid, "opinion": opinion.uid},
        )
    return opinion


def settle(
    actor: Actor,
    consultation: Consultation,
    opinion: Remark | SignedOpinion,
    outcome: Outcome,
    reason: str = "",
) -> OpinionAnswer:
    """Say what became of an opinion; said again it corrects what was said.

    To the public it is the answer to its remark, unless the remark was answered otherwise.

    Raises:
        Refused: no right, no reason where one is needed, or a remark that is not public.
    """
    reason = tidy(reason).strip()[:300]
    public = isinstance(opinion, Remark)
    key = {"remark_uid": opinion.uid} if public else {"opinion": opinion}
    with book.writing() as facts:
        rules.may_answer_opinions(actor, consultation).require()
        rules.says_why_not(outcome, reason).require()
        known = OpinionAnswer.objects.filter(consultation=consultation, **key).first()
        if isinstance(opinion, Remark):
            _reply(actor, opinion, outcome, reason, known is not None)
        answer, _ = OpinionAnswer.objects.update_or_create(
            consultation=consultation,
            **key,
            defaults={
                "outcome": outcome,
                "reason": reason,
                "answered_at": clock.now(),
                **_signed(actor, "answered_by"),
            },
        )
        facts.record(
            "consultation.settle",
            by=actor,
            about=consultation.about,
            data={"consultation": consultation.uid, "opinion": opinion.uid, "outcome": outcome},
        )
    return answer


def _reply(actor: Actor, remark: Remark, outcome: Outcome, reason: str, known: bool) -> None:
    """Answer the remark in the words of the outcome; correct an answer that was given so."""
    words = f"{outcome.label}：{reason}" if reason else f"{outcome.label}。"
    plain = outcome == Outcome.NOTED and not reason
    kind, text = (ReplyKind.NOTED, "") if plain else (ReplyKind.ANSWER, words)
    last = Reply.objects.filter(remark=remark, correction=None).first()
    if last is None:
        answering.answer(actor, remark, text, kind)
    elif known and (last.kind, last.text) != (kind, text):
        answering.correct(actor, last, text, kind)
