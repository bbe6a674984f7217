"""A chain of hashes over what was issued: invoices, credits, payments, refunds.

Every time one of them is issued or changes, a link is added that holds the hash of what it says and of the
link before it. Nothing can be changed, left out or put in between afterwards without a trace;
``comptoir audit`` looks (``proof``). No content is kept, so a client can be erased: that is a link too.
"""
