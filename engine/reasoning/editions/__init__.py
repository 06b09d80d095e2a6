"""What is otherwise between two editions of a policy, and whether any subject feels it.

what the text says otherwise
    amendments       all of it, with its places in both texts
    amendment        one such thing
    amended_parts    what an expression says otherwise
    differing        where two expressions are not written the same
    rows_as_written  rows of tables in the words of their policy
    crosswalks       rows of crosswalks
    renumbering      which clause of the later edition is which of the earlier one
    renamed          what the later edition calls by another name, and the earlier one by these names
    requirement      whether two clauses are one requirement, by what they say
    identity         whether a number keeps its meaning from one edition to the next
    numbering        evidence by the clause numbers of one edition by those of another

an edition with some of it put in
    amended          which amendments can be put in by themselves
    merged           an edition with some amendments of a later one put in
    merging          the same of two expressions that stand in one place

whether any subject comes to another outcome
    deciding         a subject that does, or the proof that there is none
    rereading        the same under the other readings that both have
    joined           both editions as one network over the same subjects
    normal           whether two formulas come to the same for every subject
    neighbours       subjects beside those that meet everything or nothing: a quick look
    subject          a completion as evidence that states it
"""
