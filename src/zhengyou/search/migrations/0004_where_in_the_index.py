"""On PostgreSQL the index of words knows where to look (the tags) and how new an entry is (the
stretches of keys it lies in), as words that nobody can type: they begin with ``#``."""

from django.db import migrations, models

GONE = "ALTER TABLE search_entry DROP COLUMN said"  # its index goes with it
MADE = """ALTER TABLE search_entry ADD COLUMN said tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple'::regconfig, words), 'A') ||
    setweight(to_tsvector('simple'::regconfig, names), 'B'){more}) STORED"""
WHERE = """ ||
    array_to_tsvector(string_to_array('#' || replace(tags::text, ' ', ' #'), ' ')) ||
    array_to_tsvector(ARRAY[{stretches}])"""
STRETCHES = ", ".join(f"'#{bits}x' || (id >> {bits})::text" for bits in range(12, 23))
INDEX = "CREATE INDEX search_entry_said ON search_entry USING gin (said)"


def _again(schema_editor, more):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (GONE, MADE.format(more=more), INDEX):
            schema_editor.execute(statement)


def make(apps, schema_editor):
    _again(schema_editor, WHERE.format(stretches=STRETCHES))


def unmake(apps, schema_editor):
    _again(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_tags")]
    operations = [
        migrations.RunPython(make, unmake),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "-id"], name="search_entry_kind"),
        ),
    ]
