"""Compiled policies kept from one call to the next: data in the user's cache folder, checked before use."""
