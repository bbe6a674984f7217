"""The mails to clients: a table on the page of a client and of a document, and the page of one mail.

``kinds`` says what a mail may be about and who sees it, ``reading`` finds mails and whether they were opened,
``words`` says how far one came and why no further, ``table`` draws them, ``showing`` is the page of one.
"""
