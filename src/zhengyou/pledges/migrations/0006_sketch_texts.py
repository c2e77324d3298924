"""Sketch what was sent in before there were sketches. Batched, and may run twice."""

from itertools import batched

from django.db import migrations

from zhengyou.pledges.likeness import bands

BATCH = 500


def fill(apps, schema_editor):
    items = apps.get_model("pledges", "PledgeItem").objects.filter(
        state__in=("submitted", "published"), sketch=None
    )
    rows = items.exclude(kind="common").order_by("pk")
    sketches = apps.get_model("pledges", "TextSketch").objects
    model = apps.get_model("pledges", "TextSketch")
    for some in batched(list(rows.values_list("pk", "campaign_id", "text")), BATCH):
        sketches.bulk_create(
            model(item_id=pk, campaign_id=campaign, band=band)
            for pk, campaign, text in some
            for band in bands(text)
        )


class Migration(migrations.Migration):
    dependencies = [("pledges", "0005_form_key")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
