"""From the link to a sent message in three clicks; read when she is ready, answered with one tap."""

KIND = "I am so sorry. I am thinking of you and holding you in my heart."


def test_three_clicks_one_tap_back(visitor, arrive, place):
    tomasz, ada = arrive(place.token, phone=True), visitor(place.host.person, phone=True)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", KIND)
    tomasz.press("Send")
    assert tomasz.clicks <= 3
    tomasz.reads("It has arrived. Ada can read it whenever the time is right.")

    ada.go(f"/h/{place.space.pk}/")
    ada.reads("Something has come for you. Open it when you are ready.")
    ada.reads_not("Tomasz", KIND)
    ada.press("Open what came in")
    ada.reads("Tomasz", KIND)
    ada.press("♡ Send a heart")
    ada.press("♥ Heart sent")
    ada.press("♡ Send a heart")
    ada.press("Answer Tomasz")
    ada.fill("Your answer", "Thank you. It did me good.")
    ada.press("Send")
    ada.reads("You answered:", "Thank you. It did me good.")

    tomasz.press("See it, change it or take it back")
    tomasz.reads("From Ada", "A heart for what you sent", "Thank you. It did me good.")


def test_a_candle_and_help_on_a_day_reach_her_too(visitor, arrive, place):
    tomasz, ada = arrive(place.token, phone=True), visitor(place.host.person)
    tomasz.press("Light a candle for their baby")
    tomasz.reads("Your candle is lit.")
    tomasz.press("Offer something that helps, on a day")
    tomasz.fill("What you would like to do", "I would love to bring soup to your door.")
    tomasz.fill("On which day", "2126-03-05")
    tomasz.press("Offer it")
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads("I would love to bring soup", "Tuesday, 5 March", "Lit a candle")
    ada.press("Yes, please")
    ada.reads("You take this.")
    tomasz.press("See it, change it or take it back")
    tomasz.reads("It is gladly taken. Thank you.")


def test_quiet_by_her_own_wish(visitor, arrive, place):
    """In a pause nothing is shown to her; whoever writes is told so kindly; nothing is lost."""
    ada, tomasz = visitor(place.host.person), arrive(place.token)
    ada.go(f"/h/{place.space.pk}/")
    ada.press("Pause")
    ada.press("Pause now")
    tomasz.go(f"/g/{place.space.pk}/")
    tomasz.reads("For a while nothing is shown to Ada.")
    tomasz.press("Write a few words")
    tomasz.fill("Your words", KIND)
    tomasz.press("Send")
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads_not(KIND)
    ada.go(f"/h/{place.space.pk}/")
    ada.press("End the pause")
    ada.press("Open what came in")
    ada.reads(KIND)
