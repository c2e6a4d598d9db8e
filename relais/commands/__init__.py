"""What is behind the commands of `python -m relais` that do more than call one verb."""
