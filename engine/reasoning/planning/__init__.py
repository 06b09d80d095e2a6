"""What would change an outcome: the cheapest plan, the proof that nothing cheaper does, and what stands in the way.

    remedy          the plan: what is changed, in which order, and what each change gains
    gains           what a change gains: the outcome, what its table compares, the rest
    serving         the clauses that a change is for
    mending         all smallest sets of clauses that, were they satisfied, would reach a level
    blocked         what is no change and bears on a plan: pins, verdicts renewed, left to people or without a choice
    exhausted       whether the sets of one cost are all, though of some it is not settled what they lead to

what can be changed
    changes         what a change is, and what follows from some
    means           what can be changed, in parts that have nothing to do with each other
    jointly         numbers that meet: what they can be changed to together
    nearest         how far a number has to move
    sharing         conditions that several of the changed numbers share
    likewise        what else an option, a set or a yes-no fact may become
    agreeing        facts that are stated though a formula gives them: what that asks of the numbers below
    choosing        inputs that are not chosen: the aim for each thing that they can be
    unstated        facts that nobody states and scores look at: the goal in every case of them
    afterwards      what an outcome can be once the plan is carried out

the search
    cheapest        module by module, with every cheapest way kept
    course          what the goal comes to as one kind of things after another is settled: a layered graph
    alike           how far a count has come, where only comparisons look at it
    stretch         a course with its parts, and what each part can come to
    terrain         every state of a stretch, and where each choice leads

the proof
    certificate     what proves that nothing cheaper does: the least cost of every state
    certifying      the certificate of a plan
    proof           its check, which imports no search
    missing         a completion in which the level is missed with nothing changed: something has to change
    shortfall       what that takes, as the check of a certificate asks it, too
"""
