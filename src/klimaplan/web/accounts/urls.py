"""The addresses of accounts: our own pages, and those of allauth that we offer, under names it looks for."""

from allauth.account import views as allauth
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as elsewhere
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.accounts import views
from klimaplan.web.accounts.closing import views as closing
from klimaplan.web.accounts.elsewhere import may_lead_there
from klimaplan.web.accounts.moving import views as moving
from klimaplan.web.accounts.together import factors_recorded, one_transaction

callbacks = [
    # one address in all languages, because the other provider knows it by heart
    path("account/elsewhere/<slug:provider_id>/callback/", elsewhere.callback, name="openid_connect_callback"),
]

urlpatterns = [
    path(_("account/"), views.account, name="account"),
    path(_("account/sessions/"), views.sessions, name="sessions"),
    path(_("account/invitation/<str:token>/"), views.invitation, name="invitation"),
    path(_("account/new/"), views.closed, name="account_signup"),
    path(_("account/e-mail/"), moving.email, name="change-email"),
    path(_("account/e-mail/confirm/<str:token>/"), moving.confirm, name="confirm-email"),
    path(_("account/close/"), closing.close, name="close-account"),
    path(_("people/closed-accounts/"), closing.closed, name="closed-accounts"),
    path(_("people/<slug:slug>/"), views.people, name="people"),
    path(_("people/<slug:slug>/withdraw/<int:key>/"), views.withdraw, name="withdraw-invitation"),
    path(_("people/<slug:slug>/end/<int:key>/"), views.end_role, name="end-role"),
    path(_("account/log-in/"), may_lead_there(allauth.login), name="account_login"),
    path(_("account/elsewhere/<slug:provider_id>/"), elsewhere.login, name="openid_connect_login"),
    path(_("account/log-out/"), allauth.logout, name="account_logout"),
    path(_("account/closed/"), allauth.account_inactive, name="account_inactive"),
    path(_("account/confirm/"), allauth.reauthenticate, name="account_reauthenticate"),
    path(_("account/password/"), one_transaction(allauth.password_change), name="account_change_password"),
    path(_("account/password/set/"), one_transaction(allauth.password_set), name="account_set_password"),
    path(_("account/password/forgotten/"), allauth.password_reset, name="account_reset_password"),
    path(_("account/password/sent/"), allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        _(r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"),
        one_transaction(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        _("account/password/changed/"),
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(_("account/second-factor/"), factors.index, name="mfa_index"),
    path(_("account/second-factor/code/"), factors.authenticate, name="mfa_authenticate"),
    path(_("account/second-factor/confirm/"), factors.reauthenticate, name="mfa_reauthenticate"),
    path(_("account/second-factor/app/add/"), factors_recorded(app.activate_totp), name="mfa_activate_totp"),
    path(_("account/second-factor/app/remove/"), factors_recorded(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(_("account/second-factor/codes/"), codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        _("account/second-factor/codes/new/"),
        factors_recorded(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(_("account/second-factor/passkeys/"), passkeys.list_webauthn, name="mfa_list_webauthn"),
    path(_("account/second-factor/passkeys/add/"), factors_recorded(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        _("account/second-factor/passkeys/confirm/"),
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        _("account/second-factor/passkeys/<int:pk>/remove/"),
        factors_recorded(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
