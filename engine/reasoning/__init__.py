"""Assessment -> reasons: why not, what matters, what would change it, what other readings give. Nothing here decides.

Every answer stands on the evaluator's own sweeps, and is marked where it is not exact.
"""
