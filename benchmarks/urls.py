"""The product's addresses and the bare page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wurt.config.urls import handler400, handler403, handler404, handler500
from wurt.config.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def bare(request: HttpRequest) -> HttpResponse:
    """What any page costs on this stack: middleware, nothing else."""
    return HttpResponse("<!doctype html><title>bare</title>")


urlpatterns = [path("bare/", bare), *product]
