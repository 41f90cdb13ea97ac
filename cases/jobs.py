"""Jobs that run after the commit, worked off by `manage.py db_worker`."""

from django_tasks import task


@task()
def deliver_notice(notice_id: int) -> str:
    """Send one e-mail of the outbox; a failed try comes back by itself, later each time."""
    from .mail import deliver  # the sender needs the models, which need this job's name

    return deliver(notice_id)


@task()
def offer_new_code(case_id: int | None) -> str:
    """Mail a link for a new access code; None stands for number and address that did not fit."""
    from .access_link import owe_link  # needs the models, which need this job's name

    return str(owe_link(case_id) or "") if case_id else ""
