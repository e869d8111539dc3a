"""A guest's first visit weighs no more than 100 KB, photos aside, however slow the line is."""

from beside.space.verbs import let_in, receive, share
from tests.flows.photos import add_photo

KIND = "I am so sorry. I am thinking of you and holding you in my heart. "
MOST = 100_000


def test_a_first_visit_without_its_photos(visitor, place):
    share.publish(host=place.host, update=place.update, audience="guests", shares_replies=True)
    bea, _ = let_in.invite(host=place.host, name="Bea")
    for number in range(30):
        receive.receive(guest=bea, text=KIND * 5 + str(number), update=place.update)
    add_photo(place, covered=False)
    one, weights = visitor(phone=True), []

    def came(response):
        path = response.url.removeprefix(one.url)
        head = sum(len(name) + len(value) + 4 for name, value in response.all_headers().items())
        weights.append((path, head + (0 if response.status in (302, 304) else len(response.body()))))

    one.context.on("requestfinished", lambda request: came(request.response()))
    one.go(f"/in/{place.token}/")
    one.press("Come in")
    one.press("Write a few words")
    one.page.wait_for_load_state("networkidle")
    photos = [path for path, _ in weights if path.startswith("/photo/")]
    assert len(set(photos)) == 1
    assert "/static/space/beside.css" in dict(weights)
    assert sum(weight for path, weight in weights if path not in photos) <= MOST
