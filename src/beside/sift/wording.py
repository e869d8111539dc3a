"""Every word of the two reports, in one place; to translate them, translate this file.

The host's words say nothing about what she does not see: no number, no hint, not even that there
could be anything. The friend's words are plain and tell what to do.
"""

from __future__ import annotations

LANGUAGE = "en"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PAGE_OF = "Page {page} of {pages}"
EARLIER = "Page before"
LATER = "Next page"
PAGES = "Pages"

HOST_TITLE = "Words of support"
HOST_HEADING = "People are thinking of you"
HOST_WELCOME = (
    "Kind words that were written to you. Read as many as you like, or none today. "
    "They will be here whenever you want them, and nobody is waiting for an answer."
)
HOST_GO_ON = "More kind words, whenever you want them."
HOST_QUIET_HEADING = "It is quiet here for now"
HOST_QUIET = (
    "You do not have to do anything. Your love is real, and so is your grief, "
    "and neither needs to be proved to anyone. Be as gentle with yourself as you can."
)
HOST_END = "This page is on this computer only. It sends nothing anywhere."

FRIEND_TITLE = "For the friend who reads first"
FRIEND_HEADING = "For the friend who reads first"
FRIEND_WELCOME = (
    "Thank you for doing this. Below are the messages that were not put in front of the person you read "
    "for. Some of them will hurt. You do not have to read them all, or all at once, and it is fine to ask "
    "somebody to sit with you.",
    "A program sorted them, and it makes mistakes. If you find a kind message here, pass it on.",
)
FRIEND_COUNTS = "Where every message went"
FRIEND_COUNTS_NOTE = (
    "Every row of every file is in exactly one of the last four columns. What could not be read as a "
    "message is in unreadable.jsonl, with its line and the reason."
)
FRIEND_FILE = "File"
FRIEND_ROWS = "Rows in the file"
FRIEND_DELIVERED = "Delivered"
FRIEND_HELD = "Held"
FRIEND_DECLINED = "Declined"
FRIEND_UNREADABLE = "Could not be read"
FRIEND_ALL = "All files"
FRIEND_KINDS = "What was kept back, by kind"
FRIEND_KIND = "Kind"
FRIEND_NUMBER = "Messages"
FRIEND_KINDS_NOTE = "Each message is counted once, under the gravest thing about it."
FRIEND_NOTHING = "Nothing was kept back."
FRIEND_MESSAGES = "The messages"
FRIEND_CONTINUED = "{kind} (continued)"
FRIEND_HELD_ONE = "Held for you"
FRIEND_DECLINED_ONE = "Declined, kept as evidence"
FRIEND_COVERED = "Covered: {kind}. Open it only if you want to."
FRIEND_COVERED_CRISIS = "Covered: somebody may be in danger. Please open this one first."
FRIEND_PLACE = "{file}, line {line}"
FRIEND_NO_WORDS = "(a message without words)"
FRIEND_END = (
    "The rows themselves are in messages-1.jsonl (held) and messages-2.jsonl (declined), next to this page."
)

CRISIS_HEADING = "First: somebody here may be in danger"
CRISIS_NOTE = (
    "At least one message sounds as if the person who wrote it may be about to hurt themselves or somebody "
    "else. Please read these before anything else. The program may be wrong, but it is better to ask once "
    "too often. Nobody else may have seen them.",
)
CRISIS_GO = "Go to these messages"
CRISIS_STEPS = (
    "If you believe it may happen now, call the emergency number of the country they are in and tell them "
    "what you know. If it was posted on a platform, report it there as suicide or self-harm as well; "
    "the platform may be able to find the person.",
    "Write to the person, or to somebody close to them, today. Ask plainly: “Are you thinking of "
    "ending your life?” Asking does not put the thought there.",
    "Listen, do not argue, and do not promise to keep it secret. Help them to reach a crisis line, a "
    "doctor or somebody who can be with them.",
    "Do not leave this to the person you read for. And afterwards tell somebody how it was for you.",
)

KINDS = {
    "crisis": "May be in danger",
    "threat": "Threat",
    "hate": "Hate",
    "sexual": "Sexual",
    "hostility": "Insult or mockery",
    "spam": "Advertising or scam",
    "blaming": "Lays blame",
    "shaming": "Criticises how they grieve",
    "contention": "Argues a cause",
    "intrusive": "Digs for what is private",
    "minimizing": "Makes the loss smaller",
    "platitude": "Explains the loss away",
    "advice": "Unasked advice",
    "other_pregnancy": "Another pregnancy or baby",
    "faith": "Faith",
    "question": "Question",
    "off_topic": "Off topic",
    "unsure": "Not sure",
    "comfort": "Comfort",
    "practical_help": "Offer of help",
    "shared_loss": "Own loss",
    "information": "Information",
}
