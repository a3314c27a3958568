"""A plan out to a workbook and in again, held against what it was when it went out."""
