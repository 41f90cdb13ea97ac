"""Jobs that run after the commit, worked off by `manage.py db_worker`."""

from django_tasks import task


@task()
def destroy_batch(batch_id: int) -> str:
    """Destroy what two people signed for; may be repeated."""
    from .actions import run_batch  # the verbs need this job's name
    from .models import DisposalBatch

    batch = DisposalBatch.objects.get(pk=batch_id)
    run_batch(batch)
    return batch.state
