"""Reference data: versioned tables with source, and their readers. Never edited by users."""
