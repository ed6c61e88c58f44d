"""Tests that need no api."""
