"""Checks of this project's code that need nothing but Python itself."""
