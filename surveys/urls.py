from django.urls import path

from . import kiosk, views

app_name = "surveys"
urlpatterns = [
    path("kios/", kiosk.ask, name="kiosk"),
    path("kios/selesai/", kiosk.thanks, name="kiosk_thanks"),
    path("kios/pasang/", kiosk.install, name="install_kiosk"),
    path("loket/<str:code>/", views.by_counter, name="by_counter"),
    path("loket/<str:code>/selesai/", views.counter_thanks, name="counter_thanks"),
    path("loket/<str:code>/<slug:further>/", views.by_counter, name="by_counter_further"),
    path("<str:token>/", views.by_link, name="by_link"),
    path("<str:token>/<slug:further>/", views.by_link, name="by_link_further"),
]
