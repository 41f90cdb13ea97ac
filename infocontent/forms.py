"""What readers send: whether a text helped, and why not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

YES, NO = "ya", "tidak"


class VoteForm(forms.Form):
    """Two buttons carry the answer; the reason goes with "no" and may stay empty."""

    answer = forms.ChoiceField(
        choices=[(YES, _("Ya")), (NO, _("Tidak"))],
        error_messages={
            "required": _("Pilih Ya atau Tidak."),
            "invalid_choice": _("Pilih Ya atau Tidak."),
        },
    )
    reason = forms.CharField(
        label=_("Apa yang kurang?"),
        required=False,
        max_length=300,
        help_text=_("Jangan tulis nama, nomor, atau data pribadi. Kami tidak dapat membalas."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("Paling banyak %(limit_value)d huruf; sekarang %(show_value)d."),
        },
    )

    @property
    def verb_arguments(self) -> dict[str, Any]:
        return {
            "is_helpful": self.cleaned_data["answer"] == YES,
            "reason": self.cleaned_data["reason"],
        }
