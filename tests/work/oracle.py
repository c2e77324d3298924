"""How it stands with duties, worked out the slow and obvious way: day by day, person by person,
from plain lists of rows. What the product answers must be the same (``test_oracle.py``).

It knows nothing of the product's periods, paths, chronicles or credits: periods are runs of days
with the same name, a body's place is a walk from parent to parent, and what a record is good for is
asked anew for everybody.
"""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import cache

from zhengyou.campaigns.models import PlanGroup
from zhengyou.kernel import clock
from zhengyou.people.models import (
    Circumstance,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Standing,
    Succession,
)
from zhengyou.people.models.organisation import FAMILY_OF_KIND, Kind
from zhengyou.work.models import DutyExemption, Enrolment, OwnCadence, Record

DAY = timedelta(days=1)
AWAY = {"lost", "suspended", "left"}


def holds(row, day):
    return row.since <= day and (row.until is None or day < row.until)


def days(first, last):
    while first <= last:
        yield first
        first += DAY


class Oracle:
    """Everything as plain lists; ask :meth:`lines` for a day."""

    def __init__(self, campaign):
        self.campaign = campaign
        self.top = campaign.organisation_id
        self.kind = dict(Organisation.objects.values_list("pk", "kind"))
        self.born = dict(Person.objects.values_list("pk", "born_on"))
        self.places = list(Placement.objects.all())
        self.members = list(Membership.objects.all())
        self.posts = list(Post.objects.all())
        self.standings = list(Standing.objects.all())
        self.circumstances = list(Circumstance.objects.all())
        self.heirs = [
            (row.old_id, row.heir_id, row.reorganisation.on)
            for row in Succession.objects.select_related("reorganisation")
            if row.reorganisation.undone_at is None
        ]
        self.groups = dict(
            PlanGroup.objects.filter(plan__campaign=campaign).values_list(
                "organisation", "template"
            )
        )
        self.duties = list(campaign.duties.prefetch_related("terms__phase"))
        self.exemptions = list(DutyExemption.objects.filter(duty__campaign=campaign))
        self.enrolments = list(Enrolment.objects.filter(duty__campaign=campaign))
        self.own = list(OwnCadence.objects.filter(duty__campaign=campaign))
        self.records = list(
            Record.objects.filter(state="finished").prefetch_related("participants", "links")
        )

    # --- places ---------------------------------------------------------------------------------
    @cache  # noqa: B019
    def line(self, body, day):
        """The body and what stood above it on the day, up to the campaign's body; [] outside."""
        found = []
        while body is not None:
            place = next((p for p in self.places if p.organisation_id == body and holds(p, day)), 0)
            if not place:
                return []
            found.append(body)
            if body == self.top:
                return found
            body = place.parent_id
        return []

    @cache  # noqa: B019
    def home(self, body, day):
        """The covered body that a body belongs to: itself or the nearest above."""
        for each in self.line(body, day):
            if self.kind[each] in self.campaign.covers:
                return each
        return None

    @cache  # noqa: B019
    def was_there(self, body, day):
        """The body, or one that it came out of later, stood in the campaign's tree."""
        if self.line(body, day):
            return True
        return any(
            self.was_there(old, day) for old, heir, on in self.heirs if heir == body and on > day
        )

    # --- who has a duty on a day ----------------------------------------------------------------
    def bodies_of(self, person, terms, day):
        """The bodies in which a person would have the duty."""
        found = set()
        if terms.whose == "members":
            for row in self.members:
                if row.person_id == person and holds(row, day):
                    home = self.home(row.organisation_id, day)
                    if home and (not terms.kinds or self.kind[home] in terms.kinds):
                        found.add(home)
        else:
            roles = terms.roles or ["seat_head", "seat_deputy", "seat_member"]
            for row in self.posts:
                if row.person_id == person and holds(row, day) and row.role in roles:
                    body = row.organisation_id
                    if self.line(body, day) and self.serves(body, terms):
                        found.add(self.home(body, day) or body)
        excused = {
            row.organisation_id
            for row in self.posts
            if row.person_id == person and holds(row, day) and row.role in terms.without_roles
        }
        return found - excused

    def serves(self, body, terms):
        if terms.whose == "seats":
            return self.groups.get(body) == terms.group_id
        if terms.kinds:
            return self.kind[body] in terms.kinds
        families = {FAMILY_OF_KIND[Kind(kind)] for kind in self.campaign.covers}
        return body == self.top or FAMILY_OF_KIND[Kind(self.kind[body])] in families

    @cache  # noqa: B019
    def body_of(self, person, terms, day):
        """The body in which a person has the duty on the day, None where not at all."""
        standing = [r.kind for r in self.standings if r.person_id == person and holds(r, day)]
        held = {r.kind for r in self.circumstances if r.person_id == person and holds(r, day)}
        if terms.standings and not set(standing) & set(terms.standings):
            return None
        if held & AWAY:
            return None
        if terms.retired is not None and ("retired" in held) != terms.retired:
            return None
        born = self.born[person]
        if born is None and terms.min_age is not None:
            return None
        if born is not None:
            age = sum(1 for year in range(born.year + 1, day.year + 1) if (
                year < day.year or (born.month, born.day) <= (day.month, day.day)))  # fmt: skip
            if terms.min_age is not None and age < terms.min_age:
                return None
            if terms.max_age is not None and age > terms.max_age:
                return None
        bodies = self.bodies_of(person, terms, day)
        deepest = max((len(self.line(body, day)) for body in bodies), default=0)
        same = [body for body in bodies if len(self.line(body, day)) == deepest]
        return min(same, key=lambda body: self.place_key(body, day), default=None)

    def place_key(self, body, day):
        return next(p.path for p in self.places if p.organisation_id == body and holds(p, day))

    def asked(self, terms, duty, look, middle):
        """(kind, subject) → the body it counts in."""
        found = {}
        if terms.whose in ("members", "holders", "seats"):
            for person in self.born:
                body = self.body_of(person, terms, look)
                if body and self.body_of(person, terms, middle):
                    found["person", person] = body
        elif terms.whose == "enrolled":
            for row in self.enrolments:
                if row.duty_id == duty.pk and holds(row, look) and holds(row, middle):
                    body = row.organisation_id
                    if self.line(body, look):
                        found["enrolment", row.pk] = self.home(body, look) or body
        else:
            for body, kind in self.kind.items():
                fits = self.groups.get(body) == terms.group_id if terms.whose == "groups" else (
                    kind in (terms.kinds or self.campaign.covers))  # fmt: skip
                if fits and self.line(body, look) and self.was_there(body, middle):
                    found["organisation", body] = self.home(body, look) or body
        return found

    # --- periods --------------------------------------------------------------------------------
    @cache  # noqa: B019
    def name_of(self, cadence, day):
        """What the period of the calendar is called that a day is in; None: in none."""
        if cadence == "week":
            return day.isocalendar()[:2]
        if cadence == "term":
            for term in self.campaign.terms:
                first, last, here = term["from"], term["to"], f"{day:%m-%d}"
                crosses = last < first
                if (first <= here or here <= last) if crosses else (first <= here <= last):
                    return term["title"], day.year - (crosses and here <= last)
            return None
        size = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[cadence]
        return day.year, (day.month - 1) // size

    @cache  # noqa: B019
    def full(self, cadence, day):
        """How many days the whole period has that a day is in."""
        name, count, near = self.name_of(cadence, day), 0, day - timedelta(days=400)
        for each in days(near, day + timedelta(days=400)):
            count += self.name_of(cadence, each) == name
        return count

    def campaign_days(self, terms):
        for day in days(self.campaign.starts_on, self.campaign.ends_on):
            inside = terms.phase is None or terms.phase.holds(day)
            if inside:
                yield day

    @cache  # noqa: B019
    def periods(self, duty, body):
        """[(terms, first, last, unset)] of a duty, for a subject that counts in a body."""
        found, rows = [], list(duty.terms.all())
        for terms in rows:
            runs = defaultdict(list)
            for day in self.campaign_days(terms):
                if terms.cadence == "once":
                    stays = terms.until is None or terms.until > terms.due_on
                    if stays and rows[0].since <= day <= terms.due_on:
                        runs["once"].append(day)
                elif holds(terms, day):
                    for key in self.keys(duty, terms, body, day):
                        runs[key].append(day)
            for key, run in runs.items():
                cadence = key[0] if isinstance(key, tuple) else ""
                if cadence in ("", "unset", "phase") or 2 * len(run) >= self.full(cadence, run[0]):
                    found.append((terms, run[0], run[-1], cadence == "unset"))
        return found

    def keys(self, duty, terms, body, day):
        if terms.cadence in ("campaign", "anytime"):
            return ["whole"]
        if terms.cadence == "phase":
            phases = [terms.phase] if terms.phase else self.campaign.phases.all()
            return [("phase", phase.pk) for phase in phases if phase.holds(day)]
        cadence, own = terms.cadence, 0
        if cadence == "regular":
            rows = [r for r in self.own if r.duty_id == duty.pk and r.organisation_id == body]
            row = next((r for r in rows if holds(r, day)), None)
            if row is None:
                past = [r.pk for r in rows if r.since <= day]
                return [("unset", len(past))]
            cadence, own = row.cadence, row.pk
        name = self.name_of(cadence, day)
        return [] if name is None else [(cadence, own, name)]

    # --- what was done --------------------------------------------------------------------------
    @cache  # noqa: B019
    def acts(self, duty, kind, subject):
        """[(on, done on, entered on, amount)] of a subject."""
        found = []
        for record in self.records:
            on = record.counts_on or record.on
            for terms in duty.terms.all():
                if not holds(terms, on) or record.kind not in terms.records:
                    continue
                if not self.line(record.organisation_id, record.on):
                    continue
                amount = self.good_for(record, terms, duty, kind, subject, on)
                if amount is not None and not (terms.each and amount < terms.least):
                    entered = record.finished_at.astimezone(clock.SHANGHAI).date()
                    found.append((on, record.on, entered, amount))
        return found

    def good_for(self, record, terms, duty, kind, subject, on):
        measure = {"times": 1, "hours": record.hours, "characters": record.characters,
                   "score": record.score}[terms.measure] or 0  # fmt: skip
        if terms.whose in ("members", "holders", "seats"):
            for row in record.participants.all():
                there = kind == "person" and row.person_id == subject
                if there and row.attendance == "present" and terms.part in ("", row.part):
                    own = row.amount if terms.measure != "times" else None
                    return Decimal(measure if own is None else own)
            return None
        if terms.whose == "enrolled":
            for row in self.enrolments if kind == "enrolment" else ():
                about = {link.about_uid for link in record.links.all()}
                if row.pk == subject and row.about_uid in about and holds(row, on):
                    return Decimal(measure)
            return None
        mine = kind == "organisation" and self.did_for(record, terms) == subject
        return Decimal(measure) if mine else None

    def did_for(self, record, terms):
        body = record.organisation_id
        if terms.whose == "groups":
            return body if self.groups.get(body) == terms.group_id else None
        if self.kind[body] in terms.kinds:
            return body
        if self.kind[body] not in terms.below:
            return None
        line = self.line(body, record.on)[1:]
        return next((each for each in line if self.kind[each] in terms.kinds), None)

    @cache  # noqa: B019
    def all_acts(self, duty, kind, subject):
        """Also what bodies did that the subject came out of, before that."""
        found = self.acts(duty, kind, subject)
        if kind == "organisation":
            seen, open_ = {subject}, [subject]
            while open_:
                here = open_.pop()
                for old, heir, on in self.heirs:
                    if heir == here and old not in seen:
                        seen.add(old)
                        open_.append(old)
                        found += [act for act in self.acts(duty, kind, old) if act[0] < on]
        return found

    # --- the answer -----------------------------------------------------------------------------
    def lines(self, day):
        """{(code, first day, last day, kind, subject): (body, state, late, entered late)}."""
        found = {}
        for duty in self.duties:
            setters = {row.organisation_id for row in self.own if row.duty_id == duty.pk}
            for setter in (None, *setters):
                for terms, first, last, unset in self.periods(duty, setter):
                    if first > day or (unset and not first <= day <= last):
                        continue
                    look = min(day, last)
                    middle = first
                    while (middle - first) < (last - middle) - DAY:
                        middle += DAY
                    middle = min(middle, look)
                    for (kind, pk), body in self.asked(terms, duty, look, middle).items():
                        named = pk if kind == "organisation" and pk in setters else body
                        if (named if named in setters else None) != setter:
                            continue
                        span = (first, last, look, unset)
                        state = self.state(duty, terms, span, kind, pk, day)
                        found[duty.code, first, last, kind, pk] = (body, *state)
        return found

    def state(self, duty, terms, span, kind, pk, day):
        first, last, look, unset = span
        closes = last + timedelta(days=terms.grace_days)
        done = [
            act for act in self.all_acts(duty, kind, pk)
            if first <= act[0] and (act[0] <= last or terms.cadence == "once") and act[1] <= day
        ]  # fmt: skip

        def enough(acts):
            total = sum((act[3] for act in acts), Decimal(0))
            measured = terms.measure != "times" and not terms.each
            return len(acts) >= terms.times and not (measured and total < terms.least)

        late = enough(done) and not enough([act for act in done if act[1] <= closes])
        in_time = [act for act in done if act[1] <= closes and act[2] <= closes]
        filled = enough(done) and not late and not enough(in_time)
        exempt = [
            row for row in self.exemptions
            if row.duty_id == duty.pk and getattr(row, f"{kind}_id") == pk and holds(row, look)
        ]  # fmt: skip
        if exempt:
            state = "exempt"
        elif unset:
            state = "unset"
        elif enough(done):
            state = "done"
        elif terms.cadence == "anytime":
            state = "whenever"
        else:
            state = "overdue" if day > closes else "due"
        return state, late, filled
