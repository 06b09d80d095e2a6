"""The language server: what the desk knows, in the language server protocol. Needs the extra `guiju[lsp]`."""
