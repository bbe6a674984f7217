from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(getattr(request.user, "email", "nobody"))


urlpatterns = [path("account/", include("comptoir.people.urls")), path("", home)]
