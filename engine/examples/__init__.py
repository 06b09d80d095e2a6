"""Examples of a standard held against it: what is given is evaluated, what is expected is compared."""
