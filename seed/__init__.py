"""The real content of the tracker, and the loader that puts it in through the verbs."""
