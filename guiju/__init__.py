"""Guiju, rules as code for standards: takes a policy and evidence, gives a graded, explained result."""

__version__ = "0.1.0"
__all__ = ["__version__"]
