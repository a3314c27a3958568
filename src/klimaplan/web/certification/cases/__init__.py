"""Cases: a plan on its way to a certificate, one step at a time, each with who took it and when."""
