"""The text of a draft standard: read into one model, looked at by rules, mended where that is safe."""
