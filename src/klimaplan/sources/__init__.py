"""Readers: what a provider delivers, as figures and findings. They judge nothing; one reader per provider."""
