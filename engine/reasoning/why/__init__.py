"""Why a value is what it is, and what keeps a level out.

determining     the nodes below a value that suffice for it
ruling_out      the nodes that suffice for an open value not to be another
contradictions  attestations that cannot all be true

why_not         why a level is not reached, or still open
fewest          the fewest failed clauses that suffice to keep it out
barring         other rows in the way of one that holds
beside          conditions that keep it out whatever clauses come to
"""
