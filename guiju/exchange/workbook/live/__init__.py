"""Program -> formulas of a spreadsheet that say of its cells what the engine says of the evidence in them.

What a node can come to is kept, not what it comes to: a truth value as three bits, a number as a least and a greatest
integer over a denominator known beforehand, an option as one bit for each. So what is open stays open up to the result,
and every value that the engine may find is among those that the formulas leave. Where a formula cannot say it,
everything stays possible: a result is then less than the engine knows, and never another one.
"""
