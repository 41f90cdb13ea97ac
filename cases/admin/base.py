"""What all pages of the case admin have in common."""

from django.http import HttpRequest

from office.desk.pages import DeskPages


class CasePages(DeskPages):
    """Cases are seen with the duty and within sight."""

    duty = "view_case"

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The menu leads here; among the tables the list would only stand a second time.
        return {}
