from django.http import HttpResponse
from django.urls import path

app_name = "cases"
urlpatterns: list = [path("lacak/", lambda r: HttpResponse(""), name="track")]
