"""Assessment -> the document that explains it; each section in a file of its own."""
