"""Everything a verb could write, so that "nothing was written" can be said of all of it."""

from typing import Any

from django.apps import apps

from cases.models import Case

APPS = ["cases", "complaints", "inforequests", "django_tasks_database"]


def snapshot(case: Case) -> dict[str, Any]:
    """The case's row and the number of rows in every table beside it."""
    counts = {
        model._meta.label: model._base_manager.count()
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    return {"case": Case.objects.filter(pk=case.pk).values().get(), **counts}
