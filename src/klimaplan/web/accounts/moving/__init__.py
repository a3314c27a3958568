"""Another e-mail for one's account: asked for, confirmed from the new address, told to the old one."""
