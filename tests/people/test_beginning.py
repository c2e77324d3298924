"""An empty database gets its first body and its first administrator, once."""

import pytest
from django.core.management import CommandError, call_command

from zhengyou.ledger.models import Fact
from zhengyou.people.actions.accounts import open_account
from zhengyou.people.actions.beginning import begin
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role

pytestmark = pytest.mark.django_db


def test_the_first_administrator_signs_in_and_appoints_the_others() -> None:
    code = begin("云岭县教育局党委", Kind.PARTY_COMMITTEE, "白露")
    account = open_account(code, "bailu", "青石板上的脚印2026")
    assert account.person is not None
    admin = acting_as(account.person, Role.SYSTEM_ADMIN)
    top = Organisation.objects.get()
    branch = found(admin, name="溪口小学党支部", kind=Kind.BRANCH, parent=top)
    secretary = Person(name="谷雨")
    enrol(admin, secretary, branch)
    appoint(admin, secretary, branch, Role.SECRETARY)
    assert acting_as(secretary, Role.SECRETARY).hat is not None
    assert Fact.objects.filter(verb="organisation.found").count() == 2


def test_it_happens_once() -> None:
    begin("云岭县教育局党委", Kind.PARTY_COMMITTEE, "白露")
    with pytest.raises(CommandError, match="已经有组织了"):
        call_command("begin", body="别的党委", admin="谷雨")
    assert Organisation.objects.count() == 1


def test_the_command_prints_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("begin", body="云岭县教育局党委", admin="白露")
    said = capsys.readouterr().out
    assert "白露的邀请码" in said
    code = said.split("）：")[1].split()[0]
    assert open_account(code, "bailu", "青石板上的脚印2026").person.name == "白露"


def test_a_slip_lapses_when_its_holder_gets_a_post_of_weight() -> None:
    from zhengyou.kernel.verdict import Refused
    from zhengyou.people.actions.accounts import invite

    begin("云岭县教育局党委", Kind.PARTY_COMMITTEE, "白露")
    top = Organisation.objects.get()
    admin = acting_as(Person.objects.get(), Role.SYSTEM_ADMIN)
    later = Person(name="谷雨")
    enrol(admin, later, top)
    [(_, code, _)] = invite(admin, top, [later])
    appoint(admin, later, top, Role.CAMPAIGN_OFFICE)
    with pytest.raises(Refused):
        open_account(code, "guyu", "青石板上的脚印2026")
