"""Several processes at once, on whichever database the tests run on; each race with its control."""
