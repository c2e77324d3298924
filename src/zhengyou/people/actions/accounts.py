"""Invitation slips and accounts. There is no public registration."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from zhengyou.kernel import clock, identity, paths
from zhengyou.kernel.texts import tidy_code
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import Account, Invitation, Membership, Organisation, Person, Post

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: slips are read by eye
GROUPS, GROUP = 3, 5  # 15 characters of 31: 74 bits
DAYS = 30  # a slip is good for so long
WRONG_CODE = "邀请码不对，或者已经用过、收回、过期。请照纸条再输一遍，不行就请支部重开一张。"


def invite(
    actor: Actor, body: Organisation, persons: list[Person]
) -> list[tuple[Person, str, Invitation]]:
    """Make one invitation slip for each person without an account; earlier slips lapse.

    Returns:
        Person, code to print (nowhere stored) and row. Who has an account already is left out.

    Raises:
        Refused: no right over the body's roll, a person is not on it, or holds a post that
            ``actor`` could not give.
    """
    with book.writing() as facts:
        rules.may_keep_roll(actor, body).require()
        _all_on_roll(body, persons)
        rules.may_hand_key(actor, _posts(persons)).require()
        have = set(Account.objects.filter(person__in=persons).values_list("person", flat=True))
        slips = [(person, *_slip(person)) for person in persons if person.pk not in have]
        facts.record(
            "account.invite",
            by=actor,
            about=body.ref,
            data={"persons": [str(person.uid) for person, _, _ in slips]},
        )
    return slips


def _all_on_roll(body: Organisation, persons: list[Person]) -> None:
    within = paths.within("organisation__path", body.path)
    rows = Membership.objects.on(clock.today()).filter(within, person__in=persons)
    on_roll = set(rows.values_list("person", flat=True))
    for person in persons:
        if person.pk not in on_roll:
            raise Refused(f"{person.name}不在{body.name}的花名册上，不能开邀请条。")


def _posts(persons: list[Person]) -> list[Post]:
    rows = Post.objects.overlapping(clock.today(), None).filter(person__in=persons)
    return list(rows.select_related("organisation", "person"))


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


def withdraw(actor: Actor, invitation: Invitation) -> None:
    """Take an open slip back: a lost one must not open an account.

    Raises:
        Refused: no right over the person's roll, or the slip is used or withdrawn already.
    """
    with book.writing() as facts:
        person = invitation.person
        rules.may_amend(actor, person.bodies()).require()
        open_row = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if not open_row.update(withdrawn_at=clock.now()):
            raise Refused("这张邀请条已经用过或收回了。")
        facts.record("account.withdraw", by=actor, about=person.ref)


def plain_code(typed: str) -> str:
    """Return a typed code without hyphens and spaces, in capitals and half width."""
    return "".join(sign for sign in tidy_code(typed) if sign.isalnum())


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
        ValidationError: the user name is taken or the password too weak (Chinese, by field).
    """
    with book.writing() as facts:
        invitation = find_invitation(typed)
        if invitation is None:
            raise Refused(WRONG_CODE)
        person = invitation.person
        account = Account(username=Account.plain_username(username), person=person)
        account.opened_at = clock.now()
        _set_password(account, password)
        account.full_clean(exclude=["password", "person"])
        used = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if not used.update(used_at=clock.now()):
            raise Refused(WRONG_CODE)
        if Account.objects.filter(person=person).exists():
            raise Refused(f"{person.name}已经有账号了，请直接登录。忘了口令请找支部。")
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError as problem:
            raise ValidationError({"username": "这个用户名已有人用。"}) from problem
        by = Actor(account=account, person=person)
        facts.record("account.open", by=by, about=account.ref, data={"person": str(person.uid)})
    return account


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise ValidationError({"password": problem.messages}) from problem
    account.set_password(password)


def close_account(actor: Actor, account: Account) -> None:
    """Close an account: its sessions end with the next request, a new slip may be issued.

    The account is parted from the person, so that the person may open another one; the ledger
    knows whose it was.

    Raises:
        Refused: no right over the person's roll or posts, or it is closed already.
    """
    with book.writing() as facts:
        account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        person = account.person
        if person is None:
            raise Refused("这个账号已经停用了。")
        rules.may_close_account(actor, person.bodies()).require()
        rules.may_hand_key(actor, _posts([person])).require()
        account.closed_at = clock.now()
        account.person = None
        account.set_unusable_password()
        account.save()
        facts.record(
            "account.close",
            by=actor,
            about=account.ref,
            data={"person": str(person.uid)},
            names={"name": person.name, "username": account.username},
        )
