"""What Guiju is measured against: the same standard, written for something else."""
