"""The place put together: settings, routes, health, worker, and the command that starts them."""
