"""Update by link: whoever carries out an action reports how far it has come, without an account."""
