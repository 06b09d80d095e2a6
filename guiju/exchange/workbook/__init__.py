"""Workbooks: a questionnaire that any policy gives, and the evidence that comes back in it."""
