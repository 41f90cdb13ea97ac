"""WSGI entry point: gunicorn kanim_portal.wsgi."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanim_portal.settings")

# A thread that holds the counter of the year's numbers must not wait behind its busy neighbours:
# with Python's own 5 ms a turn, eight citizens filing at once were served half as fast.
sys.setswitchinterval(0.0005)

application = get_wsgi_application()
