from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "channels"
    verbose_name = "Kanal"

    def ready(self) -> None:
        from cases.kinds import TOPIC_RULES

        from .topics import TopicGuesser  # needs the models

        TOPIC_RULES.append(lambda: TopicGuesser.load().guess)
