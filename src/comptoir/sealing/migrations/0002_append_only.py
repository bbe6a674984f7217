"""The database itself refuses to change or drop a link of the chain."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER sealing_seal_no_update BEFORE UPDATE ON sealing_seal
       BEGIN SELECT RAISE(ABORT, 'The chain is append-only.'); END""",
    """CREATE TRIGGER sealing_seal_no_delete BEFORE DELETE ON sealing_seal
       BEGIN SELECT RAISE(ABORT, 'The chain is append-only.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION sealing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'The chain is append-only.'; END $$""",
    """CREATE TRIGGER sealing_seal_append_only BEFORE UPDATE OR DELETE ON sealing_seal
       FOR EACH ROW EXECUTE FUNCTION sealing_append_only()""",
]


def forbid(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("sealing", "0001_initial")]
    operations = [migrations.RunPython(forbid, migrations.RunPython.noop)]
