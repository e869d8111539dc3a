"""Comments are brought along from elsewhere: support joins the space, the rest waits for the friend."""

import json

KIND, HURT = "I am so sorry. I am thinking of you every day.", "At least you are young, you can try again."
ROWS = (f'Bea,2026-01-02,"{KIND}"', f'Colin,2026-01-03,"{HURT}"', "Ada,2026-01-04,Thank you all.")
TABLE = "\n".join(("author,date,comment", *ROWS, ""))


def test_a_table_goes_through_the_same_gate(visitor, place, work, mailoutbox):
    ada, friend = visitor(place.host.person), visitor(place.moderator.person)
    ada.go(f"/h/{place.space.pk}/space/")
    ada.press("Bring comments along from elsewhere")
    ada.page.get_by_label("The file").set_input_files(
        {"name": "comments.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    )
    ada.fill("Your own name in that file", "Ada")
    ada.press("Bring it along")
    ada.reads("It is being worked on.")
    assert ada.page.get_by_role("progressbar").count() == 1
    work()
    ada.press("Look again")
    ada.reads("It is done. Support that was in it is among what came in.")
    ada.reads_not("could not be read")
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads("Bea", KIND, "brought along from a file")
    ada.reads_not(HURT, "Colin", "Thank you all.")
    friend.go(f"/m/{place.space.pk}/")
    friend.reads("Colin", HURT, "Brought along from another place")
    assert not any("bea" in mail.to[0].lower() or "colin" in mail.to[0].lower() for mail in mailoutbox)


def test_a_friend_brings_a_platforms_file_without_its_names(visitor, place, work):
    friend, ada = visitor(place.moderator.person), visitor(place.host.person)
    rows = [{"sender_name": "Bea", "timestamp_ms": 1767312000000, "content": KIND, "type": "Generic"}]
    file = {"participants": [{"name": "Bea"}], "messages": rows, "title": "Bea", "thread_path": "inbox/bea"}
    friend.go(f"/m/{place.space.pk}/")
    friend.press("Bring along what was written elsewhere")
    friend.page.get_by_label("The file").set_input_files(
        {"name": "message_1.json", "mimeType": "application/json", "buffer": json.dumps(file).encode()}
    )
    friend.choose("Leave the names out")
    friend.press("Bring it along")
    work()
    friend.press("Look again")
    friend.reads("It is done.")
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads("Somebody", KIND, "brought along from Instagram, Facebook")
    ada.reads_not("Bea")


def test_what_is_no_export_says_what_to_do(visitor, place, work):
    ada = visitor(place.host.person, phone=True)
    ada.go(f"/h/{place.space.pk}/bring/")
    ada.page.get_by_label("The file").set_input_files(
        {"name": "all.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 and so on"}
    )
    ada.press("Bring it along")
    work()
    ada.press("Look again")
    ada.reads("This file is packed (a ZIP). Please unpack it first")
    ada.press("Choose a file")
