"""The history of a case: what was done, by whom, when. Only ever added to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.append_only import AppendOnly
from office.models import User

from .case import Case


class EventCode(models.TextChoices):
    """One code per verb; words for people are made from it when a page is shown."""

    RECEIVED = "diterima", _("Kasus diterima")
    COMPLETION_REQUESTED = "minta_dilengkapi", _("Warga diminta melengkapi")
    COMPLETED = "dilengkapi", _("Warga melengkapi")
    VERIFIED = "diverifikasi", _("Diverifikasi")
    OFFICER_NAMED = "terlapor_dicatat", _("Petugas terlapor dicatat")
    ASSIGNED = "didisposisi", _("Didisposisi")
    STARTED = "mulai_dikerjakan", _("Mulai dikerjakan")
    NOTED = "catatan", _("Catatan internal")
    ANSWER_DRAFTED = "konsep_disimpan", _("Konsep jawaban disimpan")
    ANSWER_SUBMITTED = "konsep_diajukan", _("Konsep diajukan untuk persetujuan")
    ANSWER_RETURNED = "konsep_dikembalikan", _("Konsep dikembalikan")
    ANSWER_CHECKED = "konsep_diperiksa", _("Konsep diperiksa kepala seksi")
    ANSWERED = "ditanggapi", _("Jawaban disetujui dan dikirim")
    EXTENDED = "diperpanjang", _("Waktu diperpanjang")
    FORWARDED = "diteruskan", _("Diteruskan ke instansi lain")
    OBJECTED = "keberatan_diajukan", _("Keberatan diajukan")
    ORDERED = "diperintahkan", _("Dikerjakan lagi atas perintah Atasan PPID")
    DISPUTE_RECORDED = "sengketa_dicatat", _("Sengketa informasi dicatat")
    RECLASSIFIED = "jenis_diubah", _("Jenis kasus diubah")
    TOPIC_SET = "topik_diubah", _("Topik diubah")
    MARKED_DUPLICATE = "duplikat", _("Ditandai duplikat")
    ARCHIVED = "diarsipkan", _("Diarsipkan")
    CITIZEN_ADDED = "warga_menambahkan", _("Warga menambahkan keterangan")
    ANSWERED_BACK = "warga_menanggapi", _("Warga menanggapi jawaban")
    CLOSED = "ditutup", _("Ditutup")
    REOPENED = "dibuka_kembali", _("Dibuka kembali")
    WITHDRAWN = "dicabut", _("Dicabut")
    CITIZEN_READ = "pesan_dibaca", _("Pesan warga dibaca")
    IDENTITY_REVEALED = "identitas_dibuka", _("Identitas dibuka")
    CODE_RENEWED = "kode_diganti", _("Kode akses diganti")
    DUE_SET = "tenggat_dihitung", _("Tenggat dihitung")
    DUE_SOON = "segera_jatuh_tempo", _("Segera jatuh tempo")
    OVERDUE = "lewat_tenggat", _("Lewat tenggat")
    DUE_MOVED = "tenggat_digeser", _("Tenggat digeser karena kalender")
    DATA_REQUESTED = "minta_hak_data", _("Hak atas data diminta")
    DATA_REQUEST_TAKEN = "hak_data_ditangani", _("Permintaan hak data ditangani")
    DATA_REQUEST_GRANTED = "hak_data_dipenuhi", _("Permintaan hak data dipenuhi")
    DATA_REQUEST_REFUSED = "hak_data_ditolak", _("Permintaan hak data ditolak")
    DATA_EXPORTED = "salinan_data_diunduh", _("Salinan data diunduh")
    IDENTITY_CORRECTED = "identitas_diperbaiki", _("Identitas diperbaiki")
    REDACTED = "data_dimusnahkan", _("Data dimusnahkan")


class CaseEvent(AppendOnly):
    """One line of a case's history. Codes and data, never prose, never anything that identifies a
    citizen.

    `hash` is a keyed digest over this line and the line before; actor None is the citizen or the
    system. The database itself refuses UPDATE and DELETE (see the migrations).
    """

    case = models.ForeignKey(Case, db_index=False, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=24, choices=EventCode)
    actor = models.ForeignKey(
        User, null=True, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "peristiwa"
        verbose_name_plural = "peristiwa"
        ordering = ["case", "seq"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="event_sequence"),
            # UU 14/2008 Ps 22(8): one extension, whatever else happens to the case.
            models.UniqueConstraint(
                fields=["case"], condition=Q(code="diperpanjang"), name="event_extended_once"
            ),
        ]
        indexes = [
            models.Index(fields=["actor"], name="event_actor", condition=Q(actor__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.seq}. {self.code}"
