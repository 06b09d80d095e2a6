"""The first stage, text: source -> surface tree and back. Knows the words of the language, not their meaning.

`parser.parse` reads, `formatter.format_document` writes, `render.render` shows what is wrong.
"""
