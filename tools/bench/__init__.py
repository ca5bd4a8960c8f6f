"""What a turn, a look-up and a decision cost: `make bench`, side by side with a bare echo bot."""
