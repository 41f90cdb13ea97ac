"""The history of tallies, contacts and comments is only ever added to, in the words of each database."""

from django.db import migrations

TABLE = "channels_channelevent"

POSTGRESQL = [
    # The function is the one that seals the history of cases.
    f"""CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION cases_append_only()""",
    f"""CREATE TRIGGER {TABLE}_not_emptied BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only()""",
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER {TABLE}_not_emptied ON {TABLE}",
    f"DROP TRIGGER {TABLE}_append_only ON {TABLE}",
]
SQLITE = [
    *(
        f"""CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} BEGIN
            SELECT RAISE(ABORT, '{TABLE} is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes a row without asking the trigger above.
    f"""CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}
       WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = new.id) BEGIN
       SELECT RAISE(ABORT, '{TABLE} is append-only'); END""",
]
SQLITE_BACK = [f"DROP TRIGGER {TABLE}_no_{verb}" for verb in ("update", "delete", "replace")]


def forward(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_contact_tallies"), ("cases", "0002_search_and_seals")]

    operations = [migrations.RunPython(forward, back)]
