"""Assessment -> reasons: why not, what matters, what would change it, what other readings give. Nothing here decides.

Every answer stands on the evaluator's own sweeps, and is marked where it is not exact. A package for each question;
what is asked stands first in its list, what it is made of below.

    why         why is it so, and what keeps a level out
    asking      what to ask next
    planning    what would change it: the cheapest plan, with its proof, and what stands in the way of a level
    readings    what other readings of the text give
    comparing   what is otherwise between two assessments, and by which cause
    editions    what is otherwise between two editions of a policy, and whether any subject feels it

and what several of them ask:

    simulation      an assessment again after a change, settling only what depends on it
    margins         how far each number is from its thresholds, and what becomes of the outcomes there
    relevance       which of the unknown clauses, facts and inputs can change an outcome
    twins           whether one node can make a difference: everything above it twice, under two of its values
    turned          whether a clause makes one in completions that are known already
    renewal         the clauses that lack nothing but newer evidence
    undefinable     why an outcome may be undefined at most, whatever evidence says
"""
