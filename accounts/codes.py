"""The page where the code from the mail is typed."""

from allauth.account import views as account
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


class EnterCode(account.ConfirmLoginCodeView):
    """The library's, but a new code takes the same work for everybody: it would write no mail to an unknown address the
    second time, and answer sooner."""

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        self._process.send()
        self._process.record_resend()
        self._process.persist()
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


enter_code = EnterCode.as_view()
