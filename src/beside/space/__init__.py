"""The place: one Django app. `models` hold data, `verbs` hold rules, `web` parses and renders.

Nothing here imports the web from a verb, and only `verbs.settle` writes a message's state.
"""
