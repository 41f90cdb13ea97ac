import secrets

from django import forms
from django.db import transaction
from django.shortcuts import redirect, render

from .models import Case, Event


class CaseForm(forms.ModelForm):
    class Meta:
        model = Case
        fields = ["topic", "subject", "body", "name", "email"]


def form(request):
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.instance.code = secrets.token_hex(8)
            case = form.save()
            Event.objects.create(case=case, code="received")
        return redirect("/done/")
    return render(request, "form.html", {"form": form})
