from django.db import models


class Topic(models.Model):
    name = models.CharField(max_length=80)

    def __str__(self):
        return self.name


class Case(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT)
    code = models.CharField(max_length=20, unique=True)
    subject = models.CharField(max_length=150)
    body = models.TextField()
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    channel = models.CharField(max_length=16, default="web")
    status = models.CharField(max_length=16, default="new")
    assignee = models.IntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="floor_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="floor_status"),
            models.Index(fields=["assignee", "status", "-created_at"], name="floor_assignee"),
            models.Index(fields=["channel", "-created_at"], name="floor_channel"),
        ]

    def __str__(self):
        return self.code


class Event(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    code = models.CharField(max_length=24)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.code
