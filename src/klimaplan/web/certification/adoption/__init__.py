"""What councils decided: the commitment before a plan, the adoption of one. Independent of certification."""
