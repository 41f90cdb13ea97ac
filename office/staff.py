"""Who is at the desk."""

from typing import cast

from django.http import HttpRequest

from .models import User


def staff(request: HttpRequest) -> User:
    """The member of staff behind a request that the admin site has let through."""
    return cast(User, request.user)
