"""What is otherwise between two assessments, and by which cause.

difference      what is otherwise between two assessments
because         which causes lead to an effect, shown by evaluating mixtures
likely          which of them are likely to: what comes to something else on the way
mixtures        what is seen with some of the causes changed and the others as before
mixture         one of them, settled and swept only as far as somebody asks
completed       what a node comes to in a completion that is known already
exchanged       evidence with some of its statements exchanged for those of other evidence
statements      evidence in single statements, to be exchanged for others
recorded        the same of assessments that were recorded, by whichever version
reassessment    which way outcomes went since a baseline, and what nobody looked at again
"""
