"""Personal tokens: with one of them a program does in somebody's name what its scopes and their roles both allow."""
