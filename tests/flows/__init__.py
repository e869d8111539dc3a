"""Whole journeys in real Chromium."""
