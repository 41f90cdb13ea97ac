"""Jobs that run after the commit, worked off by `manage.py db_worker`."""

from django_tasks import task


@task()
def deliver_notice(notice_id: int) -> str:
    """Send one e-mail of the outbox; a failed try comes back by itself, later each time."""
    from .mail import deliver  # the sender needs the models, which need this job's name

    return deliver(notice_id)
