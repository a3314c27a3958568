"""What the whole plan counts on: shared assumptions, own figures, supply and uncertainty."""
