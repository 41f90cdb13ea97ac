"""Full-text search and append-only history, in the words of each database."""

from django.db import migrations

SIGNS = "/-+.,:;@_&<>=?#~"
SEALED = ["cases_caseevent", "cases_accesslog"]

POSTGRESQL = [
    # 'simple' and not a stemmer: an officer searches names, numbers and words as the citizen wrote them.
    # Signs become spaces first: the parser would make one word of KTP/KK, an address or 24-11-2026.
    f"""ALTER TABLE cases_case ADD COLUMN search tsvector GENERATED ALWAYS AS
       (to_tsvector('simple', translate(subject || ' ' || narrative, '{SIGNS}', '{" " * len(SIGNS)}'))) STORED""",
    "CREATE INDEX case_search ON cases_case USING gin (search)",
    """CREATE FUNCTION cases_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$""",
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
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER {table}_not_emptied ON {table}" for table in SEALED),
    *(f"DROP TRIGGER {table}_append_only ON {table}" for table in SEALED),
    "DROP FUNCTION cases_append_only()",
    "ALTER TABLE cases_case DROP COLUMN search",
]

SQLITE = [
    """CREATE VIRTUAL TABLE cases_search USING fts5(subject, narrative, content='cases_case', content_rowid='id',
       tokenize='unicode61 remove_diacritics 0', prefix='3 4')""",
    """CREATE TRIGGER cases_search_insert AFTER INSERT ON cases_case BEGIN
       INSERT INTO cases_search(rowid, subject, narrative) VALUES (new.id, new.subject, new.narrative); END""",
    """CREATE TRIGGER cases_search_update AFTER UPDATE OF subject, narrative ON cases_case BEGIN
       INSERT INTO cases_search(cases_search, rowid, subject, narrative)
         VALUES ('delete', old.id, old.subject, old.narrative);
       INSERT INTO cases_search(rowid, subject, narrative) VALUES (new.id, new.subject, new.narrative); END""",
    """CREATE TRIGGER cases_search_delete AFTER DELETE ON cases_case BEGIN
       INSERT INTO cases_search(cases_search, rowid, subject, narrative)
         VALUES ('delete', old.id, old.subject, old.narrative); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in SEALED
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes a row without asking the trigger above.
    """CREATE TRIGGER cases_caseevent_no_replace BEFORE INSERT ON cases_caseevent
       WHEN EXISTS (SELECT 1 FROM cases_caseevent
                    WHERE id = new.id OR (case_id = new.case_id AND seq = new.seq)) BEGIN
       SELECT RAISE(ABORT, 'cases_caseevent is append-only'); END""",
    """CREATE TRIGGER cases_accesslog_no_replace BEFORE INSERT ON cases_accesslog
       WHEN EXISTS (SELECT 1 FROM cases_accesslog WHERE id = new.id) BEGIN
       SELECT RAISE(ABORT, 'cases_accesslog is append-only'); END""",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER {table}_no_{verb}" for table in SEALED for verb in ("update", "delete", "replace")),
    *(f"DROP TRIGGER cases_search_{verb}" for verb in ("insert", "update", "delete")),
    "DROP TABLE cases_search",
]


def forward(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunPython(forward, back)]
