"""The words of the page around its tables. No figure of a run stands here."""

INTRODUCTION = """\
Measured on {date}. This page and its plot are written by the run itself, `{command}`; no figure in it
is typed by hand. To measure again:

```
make bench                # everything, with a tenth of the famous post
python -m bench --full    # everything, with the whole of it
python -m bench --tiny    # only to see that it runs
```"""

TRIAL = "**A trial run with a handful of messages: no figure on this page means anything.**"

QUALITY = """\
{messages:,} messages of `corpus/validation`, which nobody trained on. What is right for each follows
from its labels under the default policy. **Leak**: of the messages that should not reach the host, the
share that was let through. **Hush**: of those that should, the share that was kept back. Both at the
threshold that the makers of each system set, with 95 % intervals (Wilson). **AUC**: how often a message
that should arrive scores above one that should not, 0.5 being chance (bootstrap interval)."""

SPEED = """\
Minimum / median / maximum of {repeats} repeats, each in a fresh process that had seen none of its
messages before. One message: by itself, on one thread, from `corpus/validation` ({real:.0f} characters
on average). New messages: distinct texts put together from sentences of `corpus/train` ({made:.0f}
characters on average), two threads allowed, in one call where the system has one; "seen again" is the
same call a second time. Start: from starting Python to the first decision, with the files in the disk
cache. Memory: the most that the process held, by the end of those calls."""

POST = """\
A CSV of comments, 40 % of them distinct and the rest copies, drawn as Zipf's law has it, sifted by
`beside.sift.sift` in a fresh process: wall time from start to exit, and peak memory, minimum / median /
maximum of {repeats} repeats. With senders' names, the gate also reads the name on every comment that it
delivers; about four names in ten are new ones."""

SCALED = """\
Scaled: a part of the post was sifted and its time multiplied; memory is as measured. The gate remembers
a limited number of texts, and a part fits that better than the whole, so the whole may well take longer
than the scaled figure says. `python -m bench --full` measures it."""

NOTES = """\
- The labels are by programs; no human has labelled these messages yet.
- Beside's cut-offs and its level of caution may have been set on these same messages, which flatters
  its leak and hush. "Beside, crossed" is the same model with cut-offs and level set on the other
  authors' messages, author by author: the fairer row.
- No peer was made for this. They look for profanity, toxicity or mood; what hurts here is mostly
  polite, and kind messages swear. Many of the messages were written to be hard. The peers' figures say
  how far they are from this task, not how good they are at their own.
- A filter that answers yes or no has a single threshold, so its AUC is that of one point.
- glin-profanity's leetspeak detection, off as shipped, is on. The descriptions of the zero-shot peer
  are a first attempt and not tuned; its start and memory include building its graph from the weights.
- tox-block's weights are read by a newer TensorFlow than they were made with, through tf-keras.
- Word lists use one thread whatever they are allowed. Larger toxicity models and services on the web
  are not here: their weights come with no package.
- Other work on the machine slows everything: see the load average, and how far minimum and maximum lie
  apart."""
