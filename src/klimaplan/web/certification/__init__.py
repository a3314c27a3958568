"""From self-assessment to certificate, and the council beside it: criteria, cases, reviews, adoptions."""
