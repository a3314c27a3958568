"""How sure we are: distributions of parameters, points drawn from them, and what the spread of the results says."""
