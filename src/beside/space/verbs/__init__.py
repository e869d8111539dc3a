"""The rules of the place: one verb a function, keyword-only arguments, no request and no page in sight."""
