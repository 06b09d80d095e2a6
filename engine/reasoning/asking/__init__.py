"""What to ask next.

questions       what may be asked, by how much of what is open an answer removes
outlook         what outcomes can be under each answer to every question
uncertainty     how much is still open, as a share of what was
"""
