"""Bodies that were split before successions were kept: read from the facts. May run twice."""

from datetime import date

from django.db import migrations


def keep_successions(apps, schema_editor):
    Fact = apps.get_model("ledger", "Fact")
    Organisation = apps.get_model("people", "Organisation")
    Reorganisation = apps.get_model("people", "Reorganisation")
    Succession = apps.get_model("people", "Succession")
    for fact in Fact.objects.filter(verb="organisation.split").order_by("seq").iterator():
        uids = [*fact.data["from"], *fact.data["into"]]
        bodies = {str(body.uid): body for body in Organisation.objects.filter(uid__in=uids)}
        old = [bodies[uid] for uid in fact.data["from"] if uid in bodies]
        new = [bodies[uid] for uid in fact.data["into"] if uid in bodies]
        if Succession.objects.filter(old__in=old, heir__in=new).exists():
            continue
        done = Reorganisation.objects.create(
            how="split", on=date.fromisoformat(fact.data["on"]), done_at=fact.at
        )
        Succession.objects.bulk_create(
            Succession(reorganisation=done, old=body, heir=heir) for body in old for heir in new
        )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_reorganisation"),
        ("ledger", "0001_initial"),
    ]
    operations = [migrations.RunPython(keep_successions, migrations.RunPython.noop)]
