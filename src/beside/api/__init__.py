"""The gate over HTTP: its own contract, and those of Perspective, OpenAI moderation and Coral."""
