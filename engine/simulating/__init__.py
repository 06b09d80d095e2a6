"""One subject, and what becomes of its outcomes as what is said of it changes: at once, exactly, and back again.

The circuit of `engine.columnar`, which decides 64 rows by each operation, is here the circuit of one subject, each gate
a bit that stays: a value that changes turns the few inputs that it is a letter of, and only gates below which something
turned are looked at again. Whatever planes do not tell of a row is asked of the compiled function, which knows when it
has to ask the reference.

`gates` are the bits; `letters` says what a value turns; `laid` is what all subjects of a policy share; `simulation` is
the subject.
"""
