"""What every form of the site has."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property


class CrispyForm(forms.Form):
    """Rendered inside a form element of the template's own."""

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class WholeForm(forms.Form):
    """What is kept over what was there before has to arrive whole.

    A connection that breaks off in the middle leaves a post without its last fields. Taken as
    blank, they would wipe out what was written.
    """

    # A browser sends nothing for these when they are left alone.
    _may_be_silent = (forms.RadioSelect, forms.FileInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(map(self._is_silent, self.fields)):
            raise forms.ValidationError(
                "Kiriman ini terputus di tengah jalan dan tidak disimpan. Periksa isinya, lalu "
                "simpan lagi."
            )
        return cleaned

    def _is_silent(self, name: str) -> bool:
        widget = self.fields[name].widget
        is_absent = widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))
        return is_absent and not isinstance(widget, self._may_be_silent)
