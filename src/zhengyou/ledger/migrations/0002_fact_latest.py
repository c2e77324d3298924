"""The last fact about a kind of thing is found at once, however long the ledger is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["about_kind", "seq"], name="fact_latest"),
        ),
    ]
