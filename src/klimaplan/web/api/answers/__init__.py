"""What the API takes and answers: shapes with examples, and how they are made of what is stored."""
