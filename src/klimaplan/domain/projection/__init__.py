"""What happens without the plan: the baseline from the national projection, and trends from the account."""
