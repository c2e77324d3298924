"""Fill what the wall's numbers are kept in, from the items there are. Can run again."""

from collections import Counter

from django.db import migrations
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import TruncMonth

PUBLIC = "published"
BATCH = 5000


def fill(apps, schema_editor):
    items = apps.get_model("pledges", "PledgeItem").objects
    pledges = apps.get_model("pledges", "Pledge").objects
    body = pledges.filter(pk=OuterRef("pledge_id")).values("organisation_id")[:1]
    state = Case(When(reached(), then=Value("done")), default=Value("doing"))
    last = items.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(0, last + 1, BATCH):
        some = items.filter(pk__gte=first, pk__lt=first + BATCH)
        some.update(organisation_id=Subquery(body))
        some.filter(state=PUBLIC).update(counted=state, counted_day=TruncMonth("due_on"))
        some.filter(state=PUBLIC).update(counted_outcome=F("outcome"))
        put_out = some.filter(state="submitted", announced_until__isnull=False)
        put_out.update(counted="plan", counted_day=F("announced_until"))
    tally(items.exclude(counted="").order_by(), apps.get_model("pledges", "WallTally").objects)


def tally(public, stored):
    numbers, persons = Counter(), Counter()
    cells = (
        "campaign",
        "organisation",
        "criterion",
        "kind",
        "counted",
        "counted_day",
        "counted_outcome",
    )
    for *cell, count in public.values_list(*cells).annotate(n=Count("pk")):
        for where in (cell[1], None):
            numbers[(cell[0], where, *cell[2:])] += count
            if cell[4] != "plan":
                numbers[(cell[0], where, None, "", "", None, "")] += count
    of_persons = public.filter(state=PUBLIC, pledge__subject="person").values_list(
        "campaign", "organisation"
    )
    for campaign, body, count in of_persons.annotate(n=Count("pledge", distinct=True)):
        for where in (body, None):
            persons[(campaign, where, None, "", "", None, "")] += count
    stored.all().delete()
    stored.bulk_create(
        [
            stored.model(
                key=":".join(str(part or "") for part in cell),
                campaign_id=cell[0],
                organisation_id=cell[1],
                criterion_id=cell[2],
                kind=cell[3],
                state=cell[4],
                day=cell[5],
                outcome=cell[6],
                items=count,
                persons=persons[cell],
            )
            for cell, count in numbers.items()
        ],
        batch_size=500,
    )


def reached():
    more = Q(target__gt=F("baseline"), now_value__gte=F("target"))
    fewer = Q(target__lt=F("baseline"), now_value__lte=F("target"))
    kept = Q(target=F("baseline"), now_value=F("target"), now_on__gte=F("due_on"))
    return more | fewer | kept


class Migration(migrations.Migration):
    dependencies = [("pledges", "0003_wall_tally")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
