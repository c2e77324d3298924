"""The database's own index of the words: FTS5 kept by triggers, or a generated tsvector."""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        words, names, tags, content='search_entry', content_rowid='id', tokenize='unicode61')""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fts(rowid, words, names, tags)
        VALUES (new.id, new.words, new.names, new.tags); END""",
    """CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, words, names, tags)
        VALUES ('delete', old.id, old.words, old.names, old.tags); END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, words, names, tags)
        VALUES ('delete', old.id, old.words, old.names, old.tags);
        INSERT INTO search_fts(rowid, words, names, tags)
        VALUES (new.id, new.words, new.names, new.tags); END""",
)
POSTGRES = (
    """ALTER TABLE search_entry ADD COLUMN said tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, words), 'A') ||
        setweight(to_tsvector('simple'::regconfig, names), 'B')) STORED""",
    "CREATE INDEX search_entry_said ON search_entry USING gin (said)",
)


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRES if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN said")
        return
    for name in ("added", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
    schema_editor.execute("DROP TABLE search_fts")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
