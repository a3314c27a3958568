"""The pages on which a plan is made: one's own work, the plan with its actions, its versions and its workbook."""
