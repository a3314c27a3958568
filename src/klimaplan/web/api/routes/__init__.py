"""The operations of the API, room by room; each calls a service or a selector and answers a shape."""
