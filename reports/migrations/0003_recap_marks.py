"""The database itself marks a month when a row that the recap counts is written, and keeps what was frozen."""

from django.db import migrations

# What the recap counts by. Whatever else changes in a case (its version, seal, status, texts) marks nothing.
CASE = [
    "received_at", "kind", "channel", "topic_id", "section_id", "due_on", "answered_at", "closed_at", "outcome",
    "is_reopened",
]
VISIT = ["day", "status", "topic_id", "case_id"]
TALLY = ["month", "channel", "topic_id", "count"]
# Table and columns of what is written down one by one and may become a case.
SINGLE = {
    "channels_contact": ["month", "channel", "topic_id", "voided_at", "case_id"],
    "channels_comment": ["month", "channel", "topic_id", "case_id"],
}
FROZEN = ["reports_frozenmonth", "reports_freezenote", "reports_recapevent"]


def row(name, columns):
    return ", ".join(f"{name}.{column}" for column in columns)


def differs(columns):
    return " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)


BEFORE = [
    "INSERT INTO reports_monthmark (day) SELECT DISTINCT day FROM yankomas_visit",
    *(f"INSERT INTO reports_monthmark (day) SELECT DISTINCT month FROM {table}" for table in ["channels_tally", *SINGLE]),
]

# The comparison stands in the function, not in the trigger's WHEN: a later migration may then still alter the type
# of a column. A month is not computed here: only the office's zone says to which one a moment belongs.
POSTGRESQL = [
    f"""CREATE FUNCTION reports_mark_case() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF ({row("OLD", CASE)}) IS NOT DISTINCT FROM ({row("NEW", CASE)}) THEN
              RETURN NULL;
            END IF;
            IF OLD.received_at <> NEW.received_at THEN
              INSERT INTO reports_monthmark (at) VALUES (OLD.received_at);
            END IF;
          END IF;
          INSERT INTO reports_monthmark (at) VALUES (NEW.received_at);
          RETURN NULL;
        END $$""",
    """CREATE TRIGGER reports_mark_case AFTER INSERT OR UPDATE ON cases_case
       FOR EACH ROW EXECUTE FUNCTION reports_mark_case()""",
    f"""CREATE FUNCTION reports_mark_visit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF ({row("OLD", VISIT)}) IS NOT DISTINCT FROM ({row("NEW", VISIT)}) THEN
              RETURN NULL;
            END IF;
            -- The case that came of a visit is no contact of its own, in whatever month it lies.
            IF OLD.case_id IS DISTINCT FROM NEW.case_id THEN
              INSERT INTO reports_monthmark (at)
                SELECT received_at FROM cases_case WHERE id IN (OLD.case_id, NEW.case_id);
            END IF;
            IF OLD.day <> NEW.day THEN
              INSERT INTO reports_monthmark (day) VALUES (OLD.day);
            END IF;
          END IF;
          -- Nobody is counted before being served: taking a number costs nothing here.
          IF NEW.status = 'selesai' OR NEW.case_id IS NOT NULL THEN
            INSERT INTO reports_monthmark (day) VALUES (NEW.day);
          ELSIF TG_OP = 'UPDATE' AND (OLD.status = 'selesai' OR OLD.case_id IS NOT NULL) THEN
            INSERT INTO reports_monthmark (day) VALUES (NEW.day);
          END IF;
          RETURN NULL;
        END $$""",
]
POSTGRESQL += [
    f"""CREATE FUNCTION reports_mark_tally() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND ({row("OLD", TALLY)}) IS NOT DISTINCT FROM ({row("NEW", TALLY)}) THEN
            RETURN NULL;
          END IF;
          IF TG_OP <> 'INSERT' THEN
            INSERT INTO reports_monthmark (day) VALUES (OLD.month);
          END IF;
          IF TG_OP <> 'DELETE' THEN
            INSERT INTO reports_monthmark (day) VALUES (NEW.month);
          END IF;
          RETURN NULL;
        END $$""",
    """CREATE TRIGGER reports_mark_tally AFTER INSERT OR UPDATE OR DELETE ON channels_tally
       FOR EACH ROW EXECUTE FUNCTION reports_mark_tally()""",
    *(
        f"""CREATE FUNCTION reports_mark_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'UPDATE' THEN
                IF ({row("OLD", columns)}) IS NOT DISTINCT FROM ({row("NEW", columns)}) THEN
                  RETURN NULL;
                END IF;
                IF OLD.month <> NEW.month THEN
                  INSERT INTO reports_monthmark (day) VALUES (OLD.month);
                END IF;
                IF OLD.case_id IS DISTINCT FROM NEW.case_id THEN
                  INSERT INTO reports_monthmark (at)
                    SELECT received_at FROM cases_case WHERE id IN (OLD.case_id, NEW.case_id);
                END IF;
              ELSIF NEW.case_id IS NOT NULL THEN
                INSERT INTO reports_monthmark (at) SELECT received_at FROM cases_case WHERE id = NEW.case_id;
              END IF;
              INSERT INTO reports_monthmark (day) VALUES (NEW.month);
              RETURN NULL;
            END $$"""
        for table, columns in SINGLE.items()
    ),
    *(
        f"""CREATE TRIGGER reports_mark_{table} AFTER INSERT OR UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION reports_mark_{table}()"""
        for table in SINGLE
    ),
    """CREATE TRIGGER reports_mark_visit AFTER INSERT OR UPDATE ON yankomas_visit
       FOR EACH ROW EXECUTE FUNCTION reports_mark_visit()""",
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION cases_append_only()"""
        for table in FROZEN
    ),
    *(
        f"""CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only()"""
        for table in FROZEN
    ),
    # What the office had before, by the quarter of an hour: every zone begins its days at one.
    """INSERT INTO reports_monthmark (at)
       SELECT DISTINCT to_timestamp(floor(extract(epoch FROM received_at) / 900) * 900) FROM cases_case""",
    *BEFORE,
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER {table}_{way} ON {table}" for table in FROZEN for way in ("append_only", "not_emptied")),
    *(f"DROP TRIGGER reports_mark_{table} ON {table}" for table in SINGLE),
    *(f"DROP FUNCTION reports_mark_{table}()" for table in SINGLE),
    "DROP TRIGGER reports_mark_tally ON channels_tally",
    "DROP FUNCTION reports_mark_tally()",
    "DROP TRIGGER reports_mark_visit ON yankomas_visit",
    "DROP FUNCTION reports_mark_visit()",
    "DROP TRIGGER reports_mark_case ON cases_case",
    "DROP FUNCTION reports_mark_case()",
]

SQLITE = [
    """CREATE TRIGGER reports_mark_case_insert AFTER INSERT ON cases_case BEGIN
       INSERT INTO reports_monthmark (at) VALUES (new.received_at); END""",
    f"""CREATE TRIGGER reports_mark_case_update AFTER UPDATE ON cases_case WHEN {differs(CASE)} BEGIN
        INSERT INTO reports_monthmark (at) VALUES (new.received_at);
        INSERT INTO reports_monthmark (at) SELECT old.received_at WHERE old.received_at IS NOT new.received_at;
        END""",
    """CREATE TRIGGER reports_mark_visit_insert AFTER INSERT ON yankomas_visit WHEN new.status = 'selesai' BEGIN
       INSERT INTO reports_monthmark (day) VALUES (new.day); END""",
    f"""CREATE TRIGGER reports_mark_visit_update AFTER UPDATE ON yankomas_visit
        WHEN ({differs(VISIT)}) AND ('selesai' IN (old.status, new.status)
          OR old.case_id IS NOT NULL OR new.case_id IS NOT NULL) BEGIN
        INSERT INTO reports_monthmark (day) VALUES (new.day);
        INSERT INTO reports_monthmark (day) SELECT old.day WHERE old.day IS NOT new.day; END""",
    # The case that came of a visit is no contact of its own, in whatever month it lies.
    """CREATE TRIGGER reports_mark_visit_case AFTER UPDATE ON yankomas_visit
       WHEN old.case_id IS NOT new.case_id BEGIN
       INSERT INTO reports_monthmark (at)
         SELECT received_at FROM cases_case WHERE id IN (old.case_id, new.case_id); END""",
    *(
        f"""CREATE TRIGGER reports_mark_tally_{verb.lower()} AFTER {verb} ON channels_tally {when} BEGIN
            INSERT INTO reports_monthmark (day) VALUES ({version}.month); END"""
        for verb, version, when in (
            ("INSERT", "new", ""), ("DELETE", "old", ""), ("UPDATE", "new", f"WHEN {differs(TALLY)}"),
        )
    ),
    """CREATE TRIGGER reports_mark_tally_moved AFTER UPDATE ON channels_tally WHEN old.month IS NOT new.month BEGIN
       INSERT INTO reports_monthmark (day) VALUES (old.month); END""",
    *(
        f"""CREATE TRIGGER reports_mark_{table}_insert AFTER INSERT ON {table} BEGIN
            INSERT INTO reports_monthmark (day) VALUES (new.month);
            INSERT INTO reports_monthmark (at) SELECT received_at FROM cases_case WHERE id = new.case_id; END"""
        for table in SINGLE
    ),
    *(
        f"""CREATE TRIGGER reports_mark_{table}_update AFTER UPDATE ON {table} WHEN {differs(columns)} BEGIN
            INSERT INTO reports_monthmark (day) VALUES (new.month);
            INSERT INTO reports_monthmark (day) SELECT old.month WHERE old.month IS NOT new.month;
            INSERT INTO reports_monthmark (at)
              SELECT received_at FROM cases_case
              WHERE id IN (old.case_id, new.case_id) AND old.case_id IS NOT new.case_id; END"""
        for table, columns in SINGLE.items()
    ),
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN
            SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in FROZEN
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes a row without asking the triggers above.
    """CREATE TRIGGER reports_frozenmonth_no_replace BEFORE INSERT ON reports_frozenmonth
       WHEN EXISTS (SELECT 1 FROM reports_frozenmonth WHERE id = new.id OR month = new.month) BEGIN
       SELECT RAISE(ABORT, 'reports_frozenmonth is append-only'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id) BEGIN
            SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in FROZEN[1:]
    ),
    "INSERT INTO reports_monthmark (at) SELECT DISTINCT received_at FROM cases_case",
    *BEFORE,
]
SQLITE_BACK = [
    *(f"DROP TRIGGER {table}_no_{verb}" for table in FROZEN for verb in ("update", "delete", "replace")),
    *(f"DROP TRIGGER reports_mark_{table}_{what}" for table in SINGLE for what in ("insert", "update")),
    *(f"DROP TRIGGER reports_mark_tally_{what}" for what in ("insert", "delete", "update", "moved")),
    *(f"DROP TRIGGER reports_mark_visit_{what}" for what in ("insert", "update", "case")),
    *(f"DROP TRIGGER reports_mark_case_{what}" for what in ("insert", "update")),
]


def forward(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_recap"),
        ("cases", "0008_event_codes"),
        ("channels", "0003_channel_seals"),
        ("yankomas", "0002_seals"),
    ]

    operations = [migrations.RunPython(forward, back)]
