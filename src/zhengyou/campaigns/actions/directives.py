"""Documents of superiors: entered, corrected, taken down, passed on, studied, cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhengyou.campaigns import receiving as rules
from zhengyou.campaigns.models import (
    Campaign,
    Citation,
    Directive,
    Passing,
    Plan,
    Study,
    is_receiver,
)
from zhengyou.files.actions import Received, attach, detach
from zhengyou.files.models import Attachment
from zhengyou.kernel import clock, paths
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Words:
    """What is noted down about a document; ``issuer`` None: a free name.

    Args:
        study_by: day by which the superior wants it studied, if given.
    """

    title: str
    number: str
    issued_on: date
    received_on: date
    issuer: Organisation | None = None
    issuer_name: str = ""
    study_by: date | None = None

    def fill(self, directive: Directive) -> list[str]:
        """Write the words into ``directive`` without saving; return the fields that changed."""
        name = self.issuer.name if self.issuer else tidy_line(self.issuer_name)
        if not name:
            raise Refused("请写明是谁发的文。")
        if self.received_on < self.issued_on:
            raise Refused("收文日期早于成文日期，请改日期。")
        given = {
            "title": tidy_line(self.title).strip("《》"),
            "number": self.number,
            "issued_on": self.issued_on,
            "received_on": self.received_on,
            "issuer": self.issuer,
            "issuer_name": name,
            "study_by": self.study_by,
        }
        changed = [field for field in given if getattr(directive, field, None) != given[field]]
        for field in changed:
            setattr(directive, field, given[field])
        return changed


def enter(
    actor: Actor, body: Organisation, words: Words, files: Sequence[Received] = ()
) -> Directive:
    """Note down a document that ``body`` received.

    Args:
        files: from :func:`zhengyou.files.actions.receive`.

    Raises:
        Refused: no right, days that cannot be, or the body has entered the very same.
    """
    with book.writing() as facts:
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        rules.may_enter(actor, body).require()
        directive = Directive(organisation=body, issuer=None)
        words.fill(directive)
        _not_twice(directive)
        directive.save()
        _attach(actor, directive, files)
        facts.record(
            "directive.enter",
            by=actor,
            about=directive.ref,
            data={
                "organisation": body.uid,
                "issued_on": words.issued_on,
                "received_on": words.received_on,
                "files": [file.sha256 for file in files],
            },
            names={"title": directive.title, "number": directive.number},
        )
    return directive


def _not_twice(directive: Directive) -> None:
    """Refuse what a button pressed twice would enter again."""
    same = Directive.objects.filter(
        organisation=directive.organisation,
        title=directive.title,
        number=directive.number,
        issuer_name=directive.issuer_name,
        issued_on=directive.issued_on,
        withdrawn_at=None,
    )
    if same.exists():
        raise Refused("这份文件已经登记过了，在收文里找得到。")


def edit(
    actor: Actor,
    directive: Directive,
    words: Words,
    files: Sequence[Received] = (),
    *,
    drop: Sequence[Attachment] = (),
    reason: str = "",
) -> list[str]:
    """Correct a document, add files and take some away; return the fields that changed.

    Args:
        reason: why; needed once it was passed down.

    Raises:
        Refused: no right, taken down, no reason, or days that cannot be.
    """
    with book.writing() as facts:
        Directive.objects.select_for_update().get(pk=directive.pk)
        directive.refresh_from_db()
        rules.may_edit_directive(actor, directive).require()
        before = {"title": directive.title, "number": directive.number}
        changed = words.fill(directive)
        if files or drop:
            changed.append("files")
        if not changed:
            return []
        rules.says_why_directive(directive.passings.exists(), reason).require()
        directive.save()
        _attach(actor, directive, files)
        for attachment in drop:
            detach(attachment)
        facts.record(
            "directive.edit",
            by=actor,
            about=directive.ref,
            data={"fields": changed, "files": [file.sha256 for file in files]},
            names={"reason": reason.strip(), "from": before},
        )
    return changed


def _attach(actor: Actor, directive: Directive, files: Sequence[Received]) -> None:
    for received in files:
        attach(received, directive.ref, actor.ledger_uid)


def withdraw(actor: Actor, directive: Directive, reason: str) -> None:
    """Take a document down for everybody who has it; what cites it says so from then on.

    Raises:
        Refused: no right, no reason, or down already.
    """
    with book.writing() as facts:
        Directive.objects.select_for_update().get(pk=directive.pk)
        directive.refresh_from_db()
        rules.may_withdraw_directive(actor, directive).require()
        if not reason.strip():
            raise Refused("撤下文件要写明理由，收到的组织都看得到。")
        directive.withdrawn_at = clock.now()
        directive.withdrawn_why = tidy_line(reason)[:200]
        directive.save(update_fields=["withdrawn_at", "withdrawn_why"])
        facts.record(
            "directive.withdraw",
            by=actor,
            about=directive.ref,
            names={"reason": directive.withdrawn_why},
        )


def pass_down(
    actor: Actor,
    directive: Directive,
    *,
    chosen: Sequence[Organisation] | None = None,
    study_by: date | None = None,
    note: str = "",
) -> Passing:
    """Pass a document down from the body whose hat is worn.

    Args:
        chosen: bodies below; None: all party bodies below, a question and no rows.
        study_by: the day by which they are to study it, if there is one.

    Raises:
        Refused: no right, nobody chosen, somebody not below, or passed to all already.
    """
    with book.writing() as facts:
        Directive.objects.select_for_update(no_key=True).get(pk=directive.pk)
        directive.refresh_from_db(fields=["withdrawn_at", "withdrawn_why"])
        rules.may_pass(actor, directive).require()
        assert actor.hat is not None  # may_pass has asked
        body = actor.hat.organisation
        _may_reach(directive, body, chosen)
        if study_by and study_by < clock.today():
            raise Refused("要求传达学习的日期已经过了，请改成今天以后。")
        passing = Passing.objects.create(
            directive=directive,
            by=body,
            to_all=chosen is None,
            passed_on=clock.today(),
            study_by=study_by,
            note=tidy_line(note)[:200],
        )
        passing.chosen.set(chosen or [])
        facts.record(
            "directive.pass_down",
            by=actor,
            about=directive.ref,
            data={
                "by": body.uid,
                "to": "all" if chosen is None else [each.uid for each in chosen],
                "study_by": study_by,
            },
            names={"reason": passing.note} if passing.note else None,
        )
    return passing


def _may_reach(
    directive: Directive, body: Organisation, chosen: Sequence[Organisation] | None
) -> None:
    if directive.passings.filter(by=body, to_all=True).exists():
        raise Refused(f"{body.name}已经把这份文件转给下面全部党组织了，不用再转。")
    if chosen is None:
        return
    if not chosen:
        raise Refused("请选转给哪些组织，或者选“下面全部党组织”。")
    for each in chosen:
        below = each.pk != body.pk and paths.is_within(each.path, body.path)
        if not below or not is_receiver(each):
            raise Refused(f"{each.name}不是{body.name}下面的党组织，不能转给它。")


def mark_studied(actor: Actor, directive: Directive, studied_on: date, how: str) -> Study:
    """Note that the body whose hat is worn has conveyed and studied a document; said again it
    corrects what was said.

    Raises:
        Refused: no right, not received, a day to come, or nothing said about how.
    """
    with book.writing() as facts:
        rules.may_mark_studied(actor, directive).require()
        assert actor.hat is not None  # may_mark_studied has asked
        how = tidy_line(how)[:200]
        if not how:
            raise Refused("请写一句怎么传达学习的，如：支部党员大会上通读、讨论。")
        if studied_on > clock.today():
            raise Refused("这一天还没到，学过了再登记。")
        if studied_on < directive.issued_on:
            raise Refused("这一天文件还没有发，请改日期。")
        study, new = Study.objects.update_or_create(
            directive=directive,
            organisation=actor.hat.organisation,
            defaults={"studied_on": studied_on, "how": how},
        )
        facts.record(
            "directive.study" if new else "directive.correct_study",
            by=actor,
            about=directive.ref,
            data={"organisation": actor.hat.organisation.uid, "studied_on": studied_on},
            names={"how": how},
        )
    return study


def cite_in_plan(actor: Actor, plan: Plan, chosen: Sequence[Directive]) -> bool:
    """Rest a plan on documents that its body received; return whether anything changed.

    Raises:
        Refused: no right, being reviewed, or not received.
    """
    with book.writing() as facts:
        stored = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        rules.may_cite_in_plan(actor, stored).require()
        kept = list(plan.citations.values_list("directive_id", flat=True))
        rules.received_all(plan.organisation, chosen, kept).require()
        if not _cite(chosen, kept, plan=plan):
            return False
        plan.revision = stored.revision + 1
        plan.save(update_fields=["revision"])
        facts.record("plan.cite", by=actor, about=plan.ref, data=_cited(chosen))
    return True


def cite_in_campaign(actor: Actor, campaign: Campaign, chosen: Sequence[Directive]) -> bool:
    """Rest a campaign on documents that its body received; return whether anything changed.

    Raises:
        Refused: no right, ended, or not received.
    """
    with book.writing() as facts:
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        rules.may_cite_in_campaign(actor, campaign).require()
        kept = list(campaign.citations.values_list("directive_id", flat=True))
        rules.received_all(campaign.organisation, chosen, kept).require()
        if not _cite(chosen, kept, campaign=campaign):
            return False
        facts.record("campaign.cite", by=actor, about=campaign.ref, data=_cited(chosen))
    return True


def _cited(chosen: Sequence[Directive]) -> dict[str, object]:
    return {"directives": [row.uid for row in chosen]}


def _cite(chosen: Sequence[Directive], kept: list[int], **owner: Campaign | Plan) -> bool:
    if [row.pk for row in chosen] == kept:
        return False
    Citation.objects.filter(**owner).delete()
    Citation.objects.bulk_create(
        Citation(directive=row, order=order, **owner) for order, row in enumerate(chosen)
    )
    return True
