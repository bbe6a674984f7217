"""Providers of online payment: which the company has, what each can do, and how to speak to it.

- ``models``: a company's gateway (its credentials are sealed) and the methods that clients stored there.
- ``interface.Gateway``: what every provider answers; ``registry.gateway_of`` gives the one of a row.
- ``custom/``, ``stripe/``: one deletable folder for each provider. They know no invoice.
- ``offers``: which gateways and ways of paying a client is offered for an amount, at which fee.

Turning what a gateway says into payments is ``collecting``, above payments.
"""
