"""Tables and OSCAL results of others -> an evidence file, with an account of every row."""
