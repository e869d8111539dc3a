"""The routes, room by room: each room's views and routes are in its own module."""

from django.urls import path

from beside.space.web import (
    demo,
    front,
    guests,
    hosts,
    moderators,
    operators,
    photos,
    public,
    takeaway,
    unsubscribe,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("home/", front.home, name="home"),
    *demo.urlpatterns,
    *public.urlpatterns,
    *photos.urlpatterns,
    *unsubscribe.urlpatterns,
    *operators.urlpatterns,
    *hosts.urlpatterns,
    *moderators.urlpatterns,
    *guests.urlpatterns,
    *takeaway.urlpatterns,
]
