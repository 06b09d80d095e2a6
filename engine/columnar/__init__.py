"""Whole tables of subjects at once, on Arrow's own layout: what `engine.evaluate` gives row by row, and nothing else.

A column of Booleans is two bit maps, values and validity, which are the two planes of Kleene's logic; so 64 rows are
decided by each operation on a machine word. How it comes about:

1. `leaf`: what rows state, as the few letters that the program tells apart (verdicts, options, sides of thresholds);
   `leaves` finds them;
2. `diagram`: the sweep of `engine.sweep` over a blank row, kept and made as small as it gets: from what is still
   possible, over letter after letter, to the values of an outcome; `ends` has
   their planes, by two sums where the diagram does nothing but count (`counting`);
   where too many parts meet in an outcome, `extremes` tells it from the least and the greatest of each (`above`,
   `slopes`), with sums counted in binary (`weighed`);
3. `circuit`: the same as operations on planes, one plane for the rows that can still be at each place of the diagram;
   `laid` is what comes of it for tables of one shape, and all that answering them takes;
4. `settled`: of a clause's verdict, which is asked for without a sweep, the planes of all that it stands on;
5. `columns`: Arrow arrays -> planes of letters; `answers`: planes of values -> Arrow arrays;
6. `plan`: which outcomes take this way, and which rows are put to the evaluator one by one, and why.

A place of the diagram holds the rows for which some completion comes by it, so the values reached are the exact
reachable sets, and the bounds are their ends.
"""
