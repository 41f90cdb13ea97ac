"""Answers and the log are only ever added to; an instrument that was answered stays as it is."""

from django.db import migrations

SEALED = ["surveys_answer", "surveys_surveyevent"]
# What an instrument consists of, and the column that says of which.
PARTS = {
    "surveys_instrument": "id",
    "surveys_element": "instrument_id",
    "surveys_band": "instrument_id",
    "surveys_threshold": "instrument_id",
}
MESSAGE = "this instrument has been answered and stays as it is"

POSTGRESQL = [
    # The function is the one that seals the history of cases.
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION cases_append_only()"""
        for table in SEALED
    ),
    *(
        f"""CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only()"""
        for table in SEALED
    ),
    f"""CREATE FUNCTION surveys_answered_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            was bigint;
            becomes bigint;
        BEGIN
            IF TG_OP <> 'INSERT' THEN was := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint; END IF;
            IF TG_OP <> 'DELETE' THEN becomes := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint; END IF;
            IF EXISTS (SELECT 1 FROM surveys_response WHERE instrument_id IN (was, becomes)) THEN
                RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$""",
    *(
        f"""CREATE TRIGGER {table}_answered_stays BEFORE INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION surveys_answered_stays('{column}')"""
        for table, column in PARTS.items()
    ),
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER {table}_answered_stays ON {table}" for table in PARTS),
    "DROP FUNCTION surveys_answered_stays()",
    *(f"DROP TRIGGER {table}_not_emptied ON {table}" for table in SEALED),
    *(f"DROP TRIGGER {table}_append_only ON {table}" for table in SEALED),
]
SQLITE = [
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in SEALED
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes a row without asking the trigger above.
    *(
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) BEGIN
            SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in SEALED
    ),
    *(
        f"""CREATE TRIGGER {table}_answered_{verb.lower()} BEFORE {verb} ON {table}
            WHEN EXISTS (SELECT 1 FROM surveys_response
                         WHERE instrument_id IN ({rows.format(column=column)})) BEGIN
            SELECT RAISE(ABORT, '{MESSAGE}'); END"""
        for table, column in PARTS.items()
        for verb, rows in (
            ("INSERT", "new.{column}"),
            ("UPDATE", "old.{column}, new.{column}"),
            ("DELETE", "old.{column}"),
        )
    ),
]
SQLITE_BACK = [
    *(
        f"DROP TRIGGER {table}_answered_{verb}"
        for table in PARTS
        for verb in ("insert", "update", "delete")
    ),
    *(f"DROP TRIGGER {table}_no_{verb}" for table in SEALED for verb in ("update", "delete", "replace")),
]


def forward(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("cases", "0002_search_and_seals")]

    operations = [migrations.RunPython(forward, back)]
