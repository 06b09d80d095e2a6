"""An assessment as one file that anybody can derive again from what is in it, and that can be signed.

A bundle is a function of its sources and its readings (`make`): `guiju bundle` collects the sources and applies it,
`guiju replay` applies it to the sources inside a bundle and compares.
"""
