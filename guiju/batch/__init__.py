"""Whole populations: tables in, a table of outcomes out, and what changes in them when a policy does."""
