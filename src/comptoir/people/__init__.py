"""Staff: who they are, what they may do, how they sign in.

- ``models.User`` (``.name``, ``.is_active``), ``Membership`` (``.user .company .is_boss .is_open``,
  ``.actor(token=None, ip="") -> Actor``), ``Token`` (``.value`` 64 characters, ``.masked``).
- ``permissions.may(membership, "view" | "create" | "edit", entity, row=None) -> bool``,
  ``permissions.seen_by(membership, queryset, entity)``, ``permissions.may_send_email(membership)``.
- ``bearers.bearer(value) -> (Membership, Token) | None``: who speaks with an API token.
- ``sign_in.check(email, password, ip) -> User | None`` (raises ``limits.TooManyTries``), then
  ``second_factor.is_on / passes``, then ``sign_in.succeeded(user, ip)``; ``sign_in.open_memberships(user)``.
- ``tokens.login_token(membership, name)``, ``tokens.sign_out(token)``; operations ``create_token``,
  ``rename_token``, ``show_token``, ``revoke_token(…, delete=False)``, ``restore_token``.
- ``passwords.is_confirmed(user, company, typed) -> bool``: else 412; ``passwords.refuse_weak``.
- ``founding.found_account(person, settings, *, on, ip)``, ``founding.found_company(account, settings, …)``;
  ``setup.is_due()``, ``setup.word(data)``, ``setup.opens(data, word)``.
- ``closing.choose_company``, ``closing.close_company``.
- ``operations``: ``invite_user``, ``ask_again_to_join``, ``update_user``, ``update_preferences``,
  ``change_password``, ``archive_user``, ``delete_user`` (detach), ``restore_user``.
- ``limits.try_once(Limit, *key)`` for open routes; ``addresses.client_ip(meta, trusted_proxies)``.
- ``allauth_settings``, ``adapters``, ``urls``: the sign-in pages of staff, under /account/.
"""
