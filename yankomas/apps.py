from django.apps import AppConfig


class YankomasConfig(AppConfig):
    name = "yankomas"
    verbose_name = "Yankomas"
