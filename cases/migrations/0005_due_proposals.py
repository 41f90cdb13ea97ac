"""Changes of the calendar are proposed and decided; a second extension is impossible."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The database keeps both promises also past the verbs: a row is decided once, and no second extension replaces the first.
POSTGRESQL = [
    """CREATE FUNCTION cases_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'a decided row of % stays as it is', TG_TABLE_NAME
       USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER cases_duechange_decided_once BEFORE UPDATE ON cases_duechange
       FOR EACH ROW WHEN (OLD.state <> 'menunggu') EXECUTE FUNCTION cases_decided_once()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER cases_duechange_decided_once ON cases_duechange",
    "DROP FUNCTION cases_decided_once()",
]
NO_REPLACE = """CREATE TRIGGER cases_caseevent_no_replace BEFORE INSERT ON cases_caseevent
       WHEN EXISTS (SELECT 1 FROM cases_caseevent
                    WHERE id = new.id OR (case_id = new.case_id AND seq = new.seq)%s) BEGIN
       SELECT RAISE(ABORT, 'cases_caseevent is append-only'); END"""
SQLITE = [
    """CREATE TRIGGER cases_duechange_decided_once BEFORE UPDATE ON cases_duechange
       WHEN old.state <> 'menunggu' BEGIN
       SELECT RAISE(ABORT, 'a decided row of cases_duechange stays as it is'); END""",
    # INSERT OR REPLACE would make room for a second extension by deleting the first.
    "DROP TRIGGER cases_caseevent_no_replace",
    NO_REPLACE % """
                       OR (new.code = 'diperpanjang' AND code = new.code AND case_id = new.case_id)""",
]
SQLITE_BACK = [
    "DROP TRIGGER cases_duechange_decided_once",
    "DROP TRIGGER cases_caseevent_no_replace",
    NO_REPLACE % "",
]


def forward(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_law_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_from', models.DateField()),
                ('due_to', models.DateField()),
                ('kept_from', models.DateField()),
                ('kept_to', models.DateField()),
                ('basis_from', models.JSONField()),
                ('basis_to', models.JSONField()),
                ('state', models.CharField(choices=[('menunggu', 'Menunggu'), ('diterima', 'Diterima'), ('ditolak', 'Ditolak'), ('dilewati', 'Dilewati')], default='menunggu', max_length=8)),
                ('why', models.CharField(blank=True, choices=[('', '—'), ('sudah_dijawab', 'Kasus sudah dijawab atau ditutup'), ('tenggat_lain', 'Tenggat kasus sudah berubah oleh langkah lain'), ('kalender_lain', 'Kalender berubah lagi')], default='', max_length=13)),
                ('decided_at', models.DateTimeField(null=True)),
                ('event_seq', models.PositiveIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'pergeseran tenggat',
                'verbose_name_plural': 'pergeseran tenggat',
                'ordering': ['kept_to', 'case'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DueProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('terbuka', 'Menunggu keputusan'), ('selesai', 'Sudah diputuskan')], default='terbuka', max_length=8, verbose_name='keadaan')),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dibuat')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diperbarui')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
            ],
            options={
                'verbose_name': 'usulan pergeseran tenggat',
                'verbose_name_plural': 'usulan pergeseran tenggat',
                'ordering': ['-pk'],
                'permissions': [('decide_due_changes', 'Memutuskan pergeseran tenggat')],
                'default_permissions': (),
            },
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='code',
            field=models.CharField(choices=[('diterima', 'Kasus diterima'), ('minta_dilengkapi', 'Warga diminta melengkapi'), ('dilengkapi', 'Warga melengkapi'), ('diverifikasi', 'Diverifikasi'), ('terlapor_dicatat', 'Petugas terlapor dicatat'), ('didisposisi', 'Didisposisi'), ('mulai_dikerjakan', 'Mulai dikerjakan'), ('catatan', 'Catatan internal'), ('konsep_disimpan', 'Konsep jawaban disimpan'), ('konsep_diajukan', 'Konsep diajukan untuk persetujuan'), ('konsep_dikembalikan', 'Konsep dikembalikan'), ('konsep_diperiksa', 'Konsep diperiksa kepala seksi'), ('ditanggapi', 'Jawaban disetujui dan dikirim'), ('diperpanjang', 'Waktu diperpanjang'), ('diteruskan', 'Diteruskan ke instansi lain'), ('keberatan_diajukan', 'Keberatan diajukan'), ('diperintahkan', 'Dikerjakan lagi atas perintah Atasan PPID'), ('sengketa_dicatat', 'Sengketa informasi dicatat'), ('jenis_diubah', 'Jenis kasus diubah'), ('duplikat', 'Ditandai duplikat'), ('diarsipkan', 'Diarsipkan'), ('warga_menambahkan', 'Warga menambahkan keterangan'), ('warga_menanggapi', 'Warga menanggapi jawaban'), ('ditutup', 'Ditutup'), ('dibuka_kembali', 'Dibuka kembali'), ('dicabut', 'Dicabut'), ('pesan_dibaca', 'Pesan warga dibaca'), ('identitas_dibuka', 'Identitas dibuka'), ('kode_diganti', 'Kode akses diganti'), ('tenggat_dihitung', 'Tenggat dihitung'), ('segera_jatuh_tempo', 'Segera jatuh tempo'), ('lewat_tenggat', 'Lewat tenggat'), ('tenggat_digeser', 'Tenggat digeser karena kalender')], max_length=24),
        ),
        migrations.AlterField(
            model_name='notice',
            name='code',
            field=models.CharField(choices=[('diterima', 'Tanda terima'), ('perkembangan', 'Ada perkembangan'), ('minta_dilengkapi', 'Permintaan kelengkapan'), ('ditanggapi', 'Ada jawaban'), ('ditutup', 'Kasus ditutup'), ('tautan_kode', 'Tautan kode akses baru'), ('didisposisi', 'Kasus untuk Anda'), ('segera_jatuh_tempo', 'Segera jatuh tempo'), ('lewat_tenggat', 'Lewat tenggat'), ('tenggat_digeser', 'Tanggal jawaban bergeser')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='caseevent',
            constraint=models.UniqueConstraint(condition=models.Q(('code', 'diperpanjang')), fields=('case',), name='event_extended_once'),
        ),
        migrations.AddField(
            model_name='duechange',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_changes', to='cases.case'),
        ),
        migrations.AddField(
            model_name='duechange',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='dueproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'terbuka')), fields=('state',), name='due_proposal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='dueproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'terbuka')), models.Q(('closed_at__isnull', False), ('state', 'selesai')), _connector='OR'), name='due_proposal_closed_exactly_when_decided'),
        ),
        migrations.AddField(
            model_name='duechange',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='cases.dueproposal'),
        ),
        migrations.AddConstraint(
            model_name='duechange',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'menunggu')), fields=('case',), name='due_change_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='duechange',
            constraint=models.CheckConstraint(condition=models.Q(('due_from', models.F('due_to')), _negated=True), name='due_change_moves_the_date'),
        ),
        migrations.AddConstraint(
            model_name='duechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'menunggu')), models.Q(models.Q(('state', 'menunggu'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='due_change_waits_or_is_decided'),
        ),
        migrations.AddConstraint(
            model_name='duechange',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['menunggu', 'dilewati']), ('decided_by__isnull', False), _connector='OR'), name='due_change_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='duechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dilewati'), models.Q(('why', ''), _negated=True)), models.Q(models.Q(('state', 'dilewati'), _negated=True), ('why', '')), _connector='OR'), name='due_change_skipped_says_why'),
        ),
        migrations.AddConstraint(
            model_name='duechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event_seq__isnull', False), ('state', 'diterima')), models.Q(models.Q(('state', 'diterima'), _negated=True), ('event_seq__isnull', True)), _connector='OR'), name='due_change_accepted_has_its_event'),
        ),
        migrations.RunPython(forward, back),
    ]
