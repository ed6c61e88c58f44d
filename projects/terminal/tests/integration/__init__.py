"""Tests against a server that answers as the api does."""
