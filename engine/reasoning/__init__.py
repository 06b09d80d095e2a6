"""Assessment -> reasons: why not, what matters, what would change it, what other readings give. Nothing here decides.

Every answer stands on the evaluator's own sweeps, and is marked where it is not exact. The modules by the question
that they answer: what is asked stands first, what it is made of below.

why is it so
    determining     the nodes below a value that suffice for it
    ruling_out      the nodes that suffice for an open value not to be another
    contradictions  attestations that cannot all be true

why not: what keeps a level out, and what stands in its way
    why_not         the answer, of a level that is not reached and of one that is still open
    fewest          the fewest failed clauses that suffice to keep it out
    barring         other rows in the way of one that holds
    beside          conditions that keep it out whatever clauses come to
    mending         all smallest sets of clauses that, were they satisfied, would reach it
    renewal         the clauses that lack nothing but newer evidence

what matters, what to ask next
    relevance       which of the unknown clauses, facts and inputs can change an outcome
    questions       what may be asked, by how much of what is open an answer removes
    outlook         what outcomes can be under each answer to every question
    uncertainty     how much is still open, as a share of what was
    twins           whether one node can make a difference: everything above it twice, under two of its values
    turned          whether a clause makes one in completions that are known already

what if
    simulation      an assessment again after a change, settling only what depends on it
    margins         how far each number is from its thresholds, and what becomes of the outcomes there

what would change it: the cheapest plan
    remedy          the plan: what is changed, in which order, and what each change gains
    gains           what a change gains: the outcome, what its table compares, the rest
    serving         the clauses that a change is for
    changes         what a change is, and what follows from some
    afterwards      what an outcome can be once the plan is carried out
    cheapest        the search, module by module, with every cheapest way kept
    means           what can be changed, in parts that have nothing to do with each other
    jointly         numbers that meet: what they can be changed to together
    nearest         how far a number has to move
    sharing         conditions that several of the changed numbers share
    likewise        what else an option, a set or a yes-no fact may become
    choosing        inputs that are not chosen: the aim for each thing that they can be
    unstated        facts that nobody states and scores look at: the goal in every case of them
    course          what the goal comes to as one kind of things after another is settled: a layered graph
    agreeing        facts that are stated though a formula gives them: what that asks of the numbers below
    alike           how far a count has come, where only comparisons look at it
    stretch         a course with its parts, and what each part can come to
    terrain         every state of a stretch, and where each choice leads
    missing         a completion in which the level is missed with nothing changed: something has to change
    shortfall       what that takes, as the check of a certificate asks it, too
    exhausted       whether the sets of one cost are all, though of some it is not settled what they lead to
    blocked         where there is no plan: which pins are why, and whether renewed evidence could lead there
    certificate     what proves that nothing cheaper does: the least cost of every state
    certifying      the certificate of a plan
    proof           its check, which imports no search

other readings
    readings        every combination of options that can change an outcome
    conjunctions    under which options an outcome is otherwise, in as few words as tell all of them
    contestable     clauses that other readings may leave contested
    touched         what a change of readings can touch
    witnessed       outcomes under other readings by completions that are known already
    undefinable     why an outcome may be undefined at most, whatever evidence says

comparing: two assessments
    difference      what is otherwise between two assessments
    because         which causes lead to an effect, shown by evaluating mixtures
    likely          which of them are likely to: what comes to something else on the way
    mixtures        what is seen with some of the causes changed and the others as before
    mixture         one of them, settled and swept only as far as somebody asks
    completed       what a node comes to in a completion that is known already
    exchanged       evidence with some of its statements exchanged for those of other evidence
    recorded        the same of assessments that were recorded, by whichever version
    reassessment    which way outcomes went since a baseline, and what nobody looked at again
    statements      evidence in single statements, to be exchanged for others

comparing: two editions of a policy
    editions        whether any subject comes to another outcome
    rereading       the same under the other readings that both have
    joined          both editions as one network over the same subjects
    normal          whether two formulas come to the same for every subject
    neighbours      subjects beside those that meet everything or nothing: a quick look
    subject         a completion as evidence that states it
    amendments      what one edition says otherwise than the other, with its places
    amended         which amendments can be put in by themselves
    merged          an edition with some amendments of a later one put in
    merging         the same of two expressions that stand in one place
    renamed         what the later edition calls by another name, and the earlier one by these names
    numbering       evidence by the clause numbers of one edition by those of another
    identity        whether a number keeps its meaning from one edition to the next
    requirement     whether two clauses are one requirement, by what they say
"""
