from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "channels"
    verbose_name = "Kanal"

    def ready(self) -> None:
        from cases.kinds import REDACTORS

        from .redacting import redact

        REDACTORS.append(redact)
