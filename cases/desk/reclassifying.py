"""Giving a case another kind: the form asks what the law wants of the new kind and nothing more."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.db.models import Model

from ..models import Case
from ..workflow import Kind
from .forms import MoveForm
from .people import offer


def detail_model(kind: str) -> type[Model] | None:
    """The kind's own table, found by the name of its reverse one-to-one; a question has none."""
    field = next((f for f in Case._meta.related_objects if f.get_accessor_name() == kind), None)
    return cast(type[Model], field.related_model) if field else None


def demanded(model: type[Model]) -> list[str]:
    """The fields without which a row of the kind makes no sense."""
    return [
        field.name
        for field in model._meta.fields
        if field.editable
        and not field.blank
        and not field.has_default()
        and field.name not in ("id", "case")
    ]


class ReclassifyForm(MoveForm):
    """Which kind, and the new kind's required fields; those of the kinds not chosen are ignored."""

    kind = forms.ChoiceField(label="Jenis yang benar")
    confirm = forms.BooleanField(
        label="Saya sudah memeriksa; tenggat dihitung ulang dan warga diberi tahu"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Kind if self._can_become(kind)]
        offer(
            self,
            "kind",
            [
                ("", "Pilih jenis"),
                *((kind.value, kind.label) for kind in kinds),
            ],
        )
        self._asked: dict[str, list[str]] = {}
        for kind in kinds:
            self._add_fields_of(kind)
        self.order_fields([name for name in self.fields if name != "confirm"])

    def _can_become(self, kind: Kind) -> bool:
        return kind not in (self.case.kind, Kind.OBJECTION) and (
            kind == Kind.QUESTION or detail_model(kind) is not None
        )

    def _add_fields_of(self, kind: Kind) -> None:
        model = detail_model(kind)
        names = self._asked[kind] = demanded(model) if model else []
        if model is None or not names:
            return
        for name, field in forms.modelform_factory(model, fields=names).base_fields.items():
            field.required = False
            field.label = f"{kind.label}: {field.label}"
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 2
            self.fields[f"{kind}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        values = {}
        for other, names in self._asked.items():
            for name in names:
                value = cleaned.pop(f"{other}-{name}", None)
                if other != kind:
                    continue
                if not value and f"{other}-{name}" not in self.errors:
                    self.add_error(f"{other}-{name}", "Isi ini untuk jenis yang Anda pilih.")
                values[name] = value
        cleaned.pop("confirm", None)
        if kind:
            cleaned["detail"] = _maker(kind, values)
        return cleaned


def _maker(kind: str, values: dict[str, Any]) -> Callable[[Case], Any] | None:
    model = detail_model(kind)
    return (lambda case: model._default_manager.create(case=case, **values)) if model else None
