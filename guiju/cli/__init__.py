"""The command: one file a subcommand. Printing, exit codes and options live here and nowhere else."""
