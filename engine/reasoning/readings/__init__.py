"""What other readings of the text give.

depending       every combination of options that can change an outcome
conjunctions    under which options an outcome is otherwise, in as few words as tell all of them
contestable     clauses that other readings may leave contested
touched         what a change of readings can touch
witnessed       outcomes under other readings by completions that are known already
"""
