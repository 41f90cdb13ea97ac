from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0010_words_of_cases")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["closed_at"],
                name="case_closed",
                condition=models.Q(closed_at__isnull=False),
            ),
        ),
    ]
