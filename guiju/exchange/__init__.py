"""Evidence in, results out: where files become values and values become files."""
