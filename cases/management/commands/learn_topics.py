"""Learn from the topics that staff have set which words tell them; every night. Says how it went
with the examples that were held back.
"""

from typing import Any

from django.core.management.base import BaseCommand

from cases.topics import learning


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        model = learning.learn()
        if model is None:
            self.stdout.write(
                f"Contoh masih kurang dari {learning.LEAST_EXAMPLES}; saran menurut kata kunci."
            )
            return
        self.stdout.write(
            f"{model.examples} contoh. Dari {model.tried} yang disisihkan: {model.right} tepat, "
            f"menurut kata kunci saja {model.rules_right}."
        )
