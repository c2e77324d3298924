"""Invitation slips and accounts. There is no public registration."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from zhengyou.kernel import clock, identity
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import Account, Invitation, Organisation, Person

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: slips are read by eye
GROUPS, GROUP = 3, 5  # 15 characters of 31: 74 bits
DAYS = 30  # a slip is good for so long


def invite(
    actor: Actor, body: Organisation, persons: list[Person]
) -> list[tuple[Person, str, Invitation]]:
    """Make one invitation slip for each person without an account; earlier slips lapse.

    Returns:
        Person, code to print (nowhere stored) and row. Who has an account already is left out.

    Raises:
        Refused: no right over the body's roll, or a person is not on it.
    """
    with book.writing() as facts:
        rules.may_keep_roll(actor, body).require()
        on_roll = set(
            Person.objects.filter(
                rules.open_on_party_roll(), memberships__organisation__path__startswith=body.path
            ).values_list("pk", flat=True)
        )
        slips = []
        for person in persons:
            if person.pk not in on_roll:
                raise Refused(f"{person.name}不在{body.name}的花名册上，不能开邀请条。")
            if Account.objects.filter(person=person).exists():
                continue
            slips.append((person, *_slip(person)))
        facts.record(
            "account.invite",
            by=actor,
            about=body.ref,
            data={"persons": [str(person.uid) for person, _, _ in slips]},
        )
    return slips


def _slip(person: Person) -> tuple[str, Invitation]:
    now = clock.now()
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    row = Invitation.objects.create(
        person=person,
        code_lookup=identity.lookup(plain_code(code), "invitation"),
        issued_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    return code, row


def plain_code(typed: str) -> str:
    """Return a typed code without hyphens and spaces, in capitals and half width."""
    from zhengyou.kernel.texts import half_width

    return "".join(sign for sign in half_width(typed).upper() if sign.isalnum())


def find_invitation(typed: str) -> Invitation | None:
    """Return the open invitation of a typed code, or None."""
    return (
        Invitation.objects.select_related("person")
        .filter(
            code_lookup=identity.lookup(plain_code(typed), "invitation"),
            used_at=None,
            withdrawn_at=None,
            expires_at__gt=clock.now(),
        )
        .first()
    )


def open_account(typed: str, username: str, password: str) -> Account:
    """Open the account of the invited person.

    Raises:
        Refused: the code is wrong, used, withdrawn or too old.
        ValidationError: the user name is taken or the password too weak (Chinese).
    """
    with book.writing() as facts:
        invitation = find_invitation(typed)
        if invitation is None:
            raise Refused(
                "邀请码不对，或者已经用过、过期。请照纸条再输一遍，不行就请支部重开一张。"
            )
        person = invitation.person
        used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now())
        if not used or Account.objects.filter(person=person).exists():
            raise Refused("这张邀请条已经用过了。忘了口令请找支部停用旧账号后重开。")
        account = Account(username=username, person=person, opened_at=clock.now())
        validate_password(password, account)
        account.set_password(password)
        account.full_clean(exclude=["password", "person"])
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError as problem:
            raise ValidationError({"username": "这个用户名已有人用。"}) from problem
        facts.record("account.open", by=book.SYSTEM, about=account.ref,
                     data={"person": str(person.uid)})  # fmt: skip
    return account


def close_account(actor: Actor, account: Account, bodies: list[Organisation]) -> None:
    """Close an account: its sessions end with the next request, a new slip may be issued.

    Args:
        bodies: the bodies its person belongs to today.
    """
    with book.writing() as facts:
        rules.may_close_account(actor, bodies).require()
        person = account.person
        account.closed_at = clock.now()
        account.person = None
        account.set_unusable_password()
        account.save()
        facts.record(
            "account.close",
            by=actor,
            about=account.ref,
            data={"person": str(person.uid) if person else ""},
        )
