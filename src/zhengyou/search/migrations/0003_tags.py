"""More room for tags. On SQLite nothing is altered: no length is kept there, and making the table
anew would take its triggers away."""

from django.db import migrations, models


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry ALTER COLUMN tags TYPE varchar(400)")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(widen, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField(
                    model_name="entry",
                    name="tags",
                    field=models.CharField(max_length=400, verbose_name="类别和范围"),
                )
            ],
        )
    ]
