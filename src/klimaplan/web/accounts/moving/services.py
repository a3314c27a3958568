"""What can be done about the e-mail of one's account: ask for another, and confirm it. No row waits in between."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts import findings, selectors
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.services import note
from klimaplan.web.config.signing_in import NEW_EMAIL

SALT = "klimaplan.new-email"


@transaction.atomic
def ask_for_email(*, by: User, email: str) -> str | None:
    """The token that confirms an address, for the letter to it alone; None where the address has an account.

    Whoever asks is told the same in both cases.

    Raises
    ------
    InputError : it is no e-mail, or the present one
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InputError(findings.email_not_usable(email)) from None
    if email == by.email.lower():
        raise InputError(findings.email_is_the_same())
    note(by=by, what="person.email-asked-for")
    if selectors.person(email) is not None:
        return None
    # the present address is in it, so that it works once
    return signing.dumps({"person": by.pk, "from": by.email, "to": email}, salt=SALT)


@transaction.atomic
def change_email(*, by: User, token: str) -> str:
    """From now on one logs in with the address of the token; says which one it was before.

    Raises
    ------
    InputError : the link cannot be used, for whatever reason
    """
    wanted = email_in(token, by)
    before: str = by.email
    by.email = wanted
    try:
        with transaction.atomic():
            by.save(update_fields=["email"])
            EmailAddress.objects.filter(user=by).delete()
            EmailAddress.objects.create(user=by, email=wanted, verified=True, primary=True)
    except IntegrityError:
        by.email = before
        raise InputError(findings.link_not_usable()) from None
    note(by=by, what="person.email-changed")
    return before


def email_in(token: str, user: User) -> str:
    """The address that a token confirms for this person.

    Raises
    ------
    InputError
    """
    try:
        told = signing.loads(token, salt=SALT, max_age=NEW_EMAIL)
    except signing.BadSignature:
        raise InputError(findings.link_not_usable()) from None
    if (told["person"], told["from"]) != (user.pk, user.email) or selectors.person(told["to"]) is not None:
        raise InputError(findings.link_not_usable())
    return str(told["to"])
