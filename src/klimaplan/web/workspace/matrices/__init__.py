"""The templates of the guide as pages to work on: roles, stakeholders, consumption, fairness and indicators."""
