"""The verbs of Relais, one module per noun, and the services they stand on. Knows models; knows no HTTP."""
