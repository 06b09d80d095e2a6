"""Program -> proofs: what holds of a standard for every subject there can be, or a subject of which it does not.

It stands on the assessments of no evidence at all, and changes nothing below it. The only door to the solver is
`solver.py`.
"""
