"""Text -> surface tree. Knows the words of the language, not their meaning."""
