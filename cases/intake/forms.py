"""Forms that several kinds share. They validate and never save."""

from functools import partial
from typing import Any, cast

from django import forms
from django.utils.choices import flatten_choices
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infocontent.models import Topic
from office.calendar import today
from office.forms import CrispyForm
from office.uploads import ACCEPT, MAX_FILES

from ..workflow import Privacy

NARRATIVE_LENGTH = 10_000


# Put into words only where it is shown: forms are also made to check a draft once more.
_not_filled_in = lazy(
    lambda label: gettext("Bagian “%(label)s” belum diisi.") % {"label": label}, str
)


class StepForm(CrispyForm):
    """One step of an intake. `answers` holds what the earlier steps said, for fields that depend
    on it.
    """

    required_css_class = "wajib"
    # A field that only a robot fills in; people do not see it.
    situs_web = forms.CharField(required=False, label=_("Jangan isi kolom ini"), max_length=200)

    def __init__(self, *args: Any, answers: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.answers = answers or {}
        super().__init__(*args, **kwargs)
        trap = self.fields["situs_web"]
        vars(trap)["is_trap"] = True  # the field template moves it out of sight
        trap.widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})
        self.name_required_fields()
        self.order_fields([*(name for name in self.fields if name != "situs_web"), "situs_web"])

    def name_required_fields(self) -> None:
        """Say which field is empty: the error summary lists the sentences away from their
        fields.
        """
        for field in self.fields.values():
            field.error_messages["required"] = _not_filled_in(field.label)

    def clean_situs_web(self) -> str:
        if self.cleaned_data["situs_web"]:
            raise forms.ValidationError(_("Kolom ini harus kosong. Hapus isinya, lalu lanjutkan."))
        return ""

    def summary(self) -> list[tuple[str, str]]:
        """Label and given answer of each filled field, in words, for the check-your-answers
        page.
        """
        rows = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if name == "situs_web" or value in (None, "", False):
                continue
            rows.append((str(field.label), self.in_words(name, value)))
        return rows

    def in_words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if value is True:
            return str(_("Ya"))
        if isinstance(field, forms.ChoiceField):
            choices: list[tuple[Any, Any]] = list(flatten_choices(cast(Any, field.choices)))
            return next((str(text) for key, text in choices if str(key) == str(value)), str(value))
        if hasattr(value, "strftime"):
            return value.strftime("%d-%m-%Y")
        return str(value)


class TopicField(forms.ChoiceField):
    """The tree of topics as a grouped list; cleans to a Topic or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=self._groups, **kwargs)

    def put_first(self, group: int | None) -> None:
        """Offer the topics of this group (its primary key) before all others."""
        self.choices = partial(self._groups, group)

    def _groups(self, first: int | None = None) -> list[tuple[str, Any]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for topic in sorted(Topic.objects.tree(), key=lambda topic: topic.parent_id != first):
            group = topic.parent.label if topic.parent else ""
            groups.setdefault(group, []).append((topic.code, topic.label))
        return [("", _("Pilih topik")), *groups.items()]

    def valid_value(self, value: str) -> bool:
        """Without the labels of all the others."""
        return Topic.objects.leaf(value) is not None


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AttachmentForm(StepForm):
    """Files of a submission. What was already taken stays on the server, whatever happens to the
    rest.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["berkas"] = MultipleFileField(
            label=_("Pilih berkas"),
            required=False,
            help_text=_(
                "Paling banyak 5 berkas, masing-masing 10 MB. Foto JPG, PNG, WebP, atau "
                "dokumen PDF, DOCX. "
                "Data lokasi di dalam foto kami hapus. Nama penulis di dalam PDF atau DOCX "
                "tidak terhapus."
            ),
        )
        self.order_fields(["berkas", "situs_web"])


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Any number of files in one input; each is judged later, one by one (uploads.accept)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=MultipleFileInput(attrs={"accept": ACCEPT, "data-max": str(MAX_FILES)}), **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [file for file in (data if isinstance(data, list) else [data]) if file]


class ContactFields(forms.Form):
    """Ways to reach a person. A mixin: the kinds decide what is required."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=150,
        help_text=_("Kami kirim nomor kasus dan kabar, tidak pernah isinya."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^\+?[0-9 ().\-]{6,25}$",
        label=_("Telepon"),
        required=False,
        strip=True,
        max_length=25,
        error_messages={"invalid": _("Tulis nomor telepon dengan angka, misalnya 0812 3456 7890.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )


class PrivacyForm(ContactFields, StepForm):
    """How open a complaint is, and who complains (UU 25/2009 Ps 43: name and address, unless kept
    secret).
    """

    privacy = forms.ChoiceField(
        label=_("Seberapa terbuka identitas Anda?"),
        choices=[
            (Privacy.OPEN, _("Terbuka: petugas yang menangani dapat melihat nama Anda.")),
            (
                Privacy.CONFIDENTIAL,
                _(
                    "Rahasia: hanya verifikator dan Kepala Kantor yang dapat membuka "
                    "identitas Anda."
                ),
            ),
            (
                Privacy.ANONYMOUS,
                _(
                    "Anonim: identitas tidak disimpan sama sekali. Surat keputusan resmi "
                    "tidak dapat dibuat."
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    full_name = forms.CharField(
        label=_("Nama lengkap"),
        required=False,
        max_length=120,
        help_text=_("Kosongkan bila Anda memilih anonim."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.CharField(
        label=_("Alamat"),
        required=False,
        max_length=300,
        help_text=_("Kosongkan bila Anda memilih anonim."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    field_order = ["privacy", "full_name", "address", "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "address"):
            # Neither optional nor always required: the template then says nothing.
            vars(self.fields[name])["is_conditional"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("privacy") == Privacy.ANONYMOUS:
            # Whatever was typed before the choice is forgotten here, before anything is stored.
            return {"privacy": Privacy.ANONYMOUS}
        missing = {
            "full_name": _("Isi nama lengkap, atau pilih anonim."),
            "address": _("Isi alamat, atau pilih anonim."),
        }
        for name, message in missing.items():
            if data.get("privacy") and not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        return data


class PastDateField(forms.DateField):
    """A day that has happened, not before 1990."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "1990-01-01"}),
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            error_messages={"invalid": _("Tulis tanggal seperti 24-11-2026.")},
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > today():
            raise forms.ValidationError(_("Tanggal ini belum terjadi."))
        if value and value.year < 1990:
            raise forms.ValidationError(_("Tanggal ini terlalu lama. Periksa tahunnya."))
