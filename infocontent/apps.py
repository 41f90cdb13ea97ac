from django.apps import AppConfig


class InfoContentConfig(AppConfig):
    name = "infocontent"
    verbose_name = "Konten informasi"
