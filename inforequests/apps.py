from django.apps import AppConfig


class InfoRequestsConfig(AppConfig):
    name = "inforequests"
    verbose_name = "Permohonan informasi"
