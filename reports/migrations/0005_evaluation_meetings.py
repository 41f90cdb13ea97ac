import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# A draft may change; signed minutes and the rows that belong to them stay as they are. Notes, what
# owners tell of their actions, and the events are only ever added to.
ROWS = ("obstacle", "meetingaction", "followup")
ADDED = ("actionreport", "meetingnote", "meetingevent")
POSTGRESQL = [
    """CREATE FUNCTION reports_minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF OLD.state = 'ditandatangani' THEN
           RAISE EXCEPTION 'signed minutes never change' USING ERRCODE = 'restrict_violation';
         END IF;
         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
         RETURN NEW;
       END $$""",
    """CREATE FUNCTION reports_minutes_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF (TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM reports_meeting
               WHERE id = OLD.meeting_id AND state = 'ditandatangani'))
            OR (TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM reports_meeting
               WHERE id = NEW.meeting_id AND state = 'ditandatangani')) THEN
           RAISE EXCEPTION 'signed minutes never change' USING ERRCODE = 'restrict_violation';
         END IF;
         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER reports_meeting_stays BEFORE UPDATE OR DELETE ON reports_meeting
       FOR EACH ROW EXECUTE FUNCTION reports_minutes_stay()""",
    *(
        f"""CREATE TRIGGER reports_{table}_stays BEFORE INSERT OR UPDATE OR DELETE ON reports_{table}
            FOR EACH ROW EXECUTE FUNCTION reports_minutes_rows_stay()"""
        for table in ROWS
    ),
    *(
        f"""CREATE TRIGGER reports_{table}_append_only BEFORE UPDATE OR DELETE ON reports_{table}
            FOR EACH ROW EXECUTE FUNCTION cases_append_only()"""
        for table in ADDED
    ),
    *(
        f"""CREATE TRIGGER reports_{table}_not_emptied BEFORE TRUNCATE ON reports_{table}
            FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only()"""
        for table in ("meeting", *ROWS, *ADDED)
    ),
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER reports_{t}_not_emptied ON reports_{t}" for t in ("meeting", *ROWS, *ADDED)),
    *(f"DROP TRIGGER reports_{table}_append_only ON reports_{table}" for table in ADDED),
    *(f"DROP TRIGGER reports_{table}_stays ON reports_{table}" for table in ("meeting", *ROWS)),
    "DROP FUNCTION reports_minutes_rows_stay()",
    "DROP FUNCTION reports_minutes_stay()",
]
SIGNED = "EXISTS (SELECT 1 FROM reports_meeting WHERE id = {}.meeting_id AND state = 'ditandatangani')"
STAYS = "BEGIN SELECT RAISE(ABORT, 'signed minutes never change'); END"
SQLITE = [
    *(
        f"""CREATE TRIGGER reports_meeting_no_{verb.lower()} BEFORE {verb} ON reports_meeting
            WHEN old.state = 'ditandatangani' {STAYS}"""
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes a row without asking the triggers above.
    f"""CREATE TRIGGER reports_meeting_no_replace BEFORE INSERT ON reports_meeting
        WHEN EXISTS (SELECT 1 FROM reports_meeting WHERE state = 'ditandatangani'
          AND (id = new.id OR month = new.month)) {STAYS}""",
    *(
        f"""CREATE TRIGGER reports_{table}_no_{verb.lower()} BEFORE {verb} ON reports_{table}
            WHEN {" OR ".join(SIGNED.format(row) for row in rows)} {STAYS}"""
        for table in ROWS
        for verb, rows in (("INSERT", ["new"]), ("UPDATE", ["old", "new"]), ("DELETE", ["old"]))
    ),
    *(
        f"""CREATE TRIGGER reports_{table}_no_replace BEFORE INSERT ON reports_{table}
            WHEN EXISTS (SELECT 1 FROM reports_{table} row WHERE id = new.id
              AND {SIGNED.format("row")}) {STAYS}"""
        for table in ROWS
    ),
    *(
        f"""CREATE TRIGGER reports_{table}_no_{verb.lower()} BEFORE {verb} ON reports_{table}
            BEGIN SELECT RAISE(ABORT, 'reports_{table} is append-only'); END"""
        for table in ADDED
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"""CREATE TRIGGER reports_{table}_no_replace BEFORE INSERT ON reports_{table}
            WHEN EXISTS (SELECT 1 FROM reports_{table} WHERE id = new.id) BEGIN
            SELECT RAISE(ABORT, 'reports_{table} is append-only'); END"""
        for table in ADDED
    ),
]
SQLITE_BACK = [
    *(f"DROP TRIGGER reports_{t}_no_{v}" for t in ADDED for v in ("update", "delete", "replace")),
    *(
        f"DROP TRIGGER reports_{table}_no_{verb}"
        for table in ROWS
        for verb in ("insert", "update", "delete", "replace")
    ),
    *(f"DROP TRIGGER reports_meeting_no_{verb}" for verb in ("update", "delete", "replace")),
]


def forward(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_words_and_phrases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='bulan')),
                ('state', models.CharField(choices=[('konsep', 'Konsep'), ('ditandatangani', 'Ditandatangani')], default='konsep', max_length=14, verbose_name='keadaan')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='tanggal rapat')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='tempat')),
                ('attendance', models.TextField(blank=True, max_length=5000, verbose_name='hadir')),
                ('discussion', models.TextField(blank=True, max_length=20000, verbose_name='jalannya rapat')),
                ('figures', models.JSONField(default=dict)),
                ('file', models.CharField(blank=True, max_length=80)),
                ('size', models.PositiveIntegerField(default=0, verbose_name='ukuran (byte)')),
                ('pages', models.PositiveSmallIntegerField(default=0, verbose_name='halaman')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diperbarui')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='ditandatangani pada')),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='notulis')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditandatangani')),
            ],
            options={
                'verbose_name': 'rapat evaluasi',
                'verbose_name_plural': 'rapat evaluasi',
                'ordering': ['-month'],
                'permissions': [('write_meeting', 'Menyiapkan dan mencatat rapat evaluasi'), ('sign_meeting', 'Menandatangani notula rapat evaluasi')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MeetingAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=500, verbose_name='tindak lanjut')),
                ('due_on', models.DateField(verbose_name='selesai paling lambat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='reports.meeting')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='penanggung jawab')),
            ],
            options={
                'verbose_name': 'tindak lanjut',
                'verbose_name_plural': 'tindak lanjut',
                'ordering': ['meeting', 'position'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('selesai', 'Selesai'), ('berlanjut', 'Berlanjut dengan tanggal baru'), ('dihentikan', 'Dihentikan dengan alasan')], max_length=10, verbose_name='hasil')),
                ('new_due_on', models.DateField(blank=True, null=True, verbose_name='tanggal baru')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='keterangan')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='reports.meeting')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='reports.meetingaction')),
            ],
            options={
                'verbose_name': 'pemeriksaan tindak lanjut',
                'verbose_name_plural': 'pemeriksaan tindak lanjut',
                'ordering': ['action'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ActionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.CharField(max_length=500, verbose_name='kabar')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reports.meetingaction')),
            ],
            options={
                'verbose_name': 'kabar tindak lanjut',
                'verbose_name_plural': 'kabar tindak lanjut',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MeetingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('dimulai', 'Konsep dimulai'), ('disimpan', 'Konsep disimpan'), ('ditandatangani', 'Notula ditandatangani'), ('dikabarkan', 'Kabar tindak lanjut'), ('dicatat', 'Catatan ditambahkan')], max_length=14)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(default=dict)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='reports.meeting')),
            ],
            options={
                'verbose_name': 'peristiwa rapat',
                'verbose_name_plural': 'peristiwa rapat',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='MeetingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.TextField(max_length=2000, verbose_name='catatan')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='reports.meeting')),
            ],
            options={
                'verbose_name': 'catatan notula',
                'verbose_name_plural': 'catatan notula',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Obstacle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('obstacle', models.CharField(max_length=500, verbose_name='kendala')),
                ('solution', models.CharField(blank=True, max_length=500, verbose_name='solusi')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obstacles', to='reports.meeting')),
            ],
            options={
                'verbose_name': 'kendala',
                'verbose_name_plural': 'kendala',
                'ordering': ['position'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('month',), name='meeting_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1), ('month__year__range', (2010, 2099))), name='meeting_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('signed_at', None), ('signed_by', None), ('state', 'konsep')), models.Q(('held_on__isnull', False), ('pages__gt', 0), ('signed_at__isnull', False), ('signed_by__isnull', False), ('size__gt', 0), ('state', 'ditandatangani'), models.Q(('place', ''), _negated=True), models.Q(('attendance', ''), _negated=True), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='meeting_signed_completely'),
        ),
        migrations.AddConstraint(
            model_name='meetingaction',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='meeting_action_in_order'),
        ),
        migrations.AddConstraint(
            model_name='meetingaction',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='meeting_action_is_told'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('meeting', 'action'), name='follow_up_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('new_due_on', None), ('outcome', 'selesai')), models.Q(('new_due_on__isnull', False), ('outcome', 'berlanjut')), models.Q(('new_due_on', None), ('outcome', 'dihentikan'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='follow_up_says_what_it_has_to'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='obstacle_in_order'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(('obstacle', ''), _negated=True), name='obstacle_is_told'),
        ),
        migrations.RunPython(forward, back),
    ]
