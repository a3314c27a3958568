"""Who keeps which action up to date."""
