"""What Tocsin watches by itself: figures of Prometheus, and addresses that have to answer."""
