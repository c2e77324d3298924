"""The cast that every other test relies on."""

import pytest

from zhengyou.kernel import identity
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db


def test_the_cast_stands_where_it_should(cast):
    secretary = acting_as(cast.shen, Role.SECRETARY)
    assert secretary.hat.title == "育新小学党支部书记"
    assert {body.name for body in secretary.memberships} == {"育新小学党支部", "低段党小组"}
    assert cast["贺建国"].joined.iso == "1985-07"
    assert cast.low.path.startswith(cast.branch.path)


def test_its_numbers_are_invented_but_well_formed(cast):
    for person in cast.persons.values():
        number = identity.unseal(person.id_sealed)
        assert identity.check_id_number(number), person.name
        assert identity.check_phone(identity.unseal(person.phone_sealed)), person.name
        assert int(number[16]) % 2 == (person.gender == "male"), person.name
