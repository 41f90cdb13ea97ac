"""Who may log in to the desk."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import QuerySet

from .models import User


class StaffBackend(ModelBackend):
    """Django's own, but a demo account, whose password is printed, opens nothing outside a demo.

    Sessions end with the setting too: a logged-in account is asked for here with every request.
    """

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)

    def get_user(self, user_id: int) -> User | None:
        """With the section, which nearly every page of the desk asks for."""
        user = User.objects.select_related("section").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        # Duties come from roles alone (roles.py); no page gives one to a single person.
        return Permission.objects.none()


class LeanArgon2PasswordHasher(Argon2PasswordHasher):
    """OWASP's minimum instead of 100 MiB a login, which sixteen threads at once could not have.

    Hashes made with other parameters carry them, are still verified, and are renewed at login.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
