from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "channels"
    verbose_name = "Kanal"

    def ready(self) -> None:
        from cases.kinds import REDACTORS, TOPIC_RULES

        from .redacting import redact
        from .topics import TopicGuesser  # needs the models

        REDACTORS.append(redact)
        TOPIC_RULES.append(lambda: TopicGuesser.load().guess)
