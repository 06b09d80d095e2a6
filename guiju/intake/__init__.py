"""Takes a numbered list of requirements (OSCAL, Excel, Word, Markdown, text), gives the text of a policy to go on from.

Each format has a reader of its own, and all give a `Catalog`; what becomes of it is decided once, in `skeleton`.
Whatever a reader does not understand is kept and told: nothing is dropped.
"""
