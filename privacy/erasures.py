"""The page on which somebody asks to be erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.views.my import signed_in
from participants.views.replies import see_other
from privacy.models import ErasureRequest
from privacy.services.asking import ask_for_erasure, take_back


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_erasure(request: HttpRequest) -> HttpResponse:
    """Ask to be erased, after reading what that means and a second question; or take it back."""
    user = signed_in(request)
    if request.method == "POST" and "take_back" in request.POST:
        if take_back(by=user):
            messages.success(request, _("You no longer ask to be erased."))
        return see_other("my_erasure")
    if request.method == "POST":
        ask_for_erasure(by=user)
        messages.success(request, _("The secretariat will see that you ask to be erased."))
        return see_other("my_erasure")
    asked = ErasureRequest.objects.filter(user=user).first()
    crumbs = [(_("My registrations"), reverse("my")), (_("Erase my data"), "")]
    if "sure" in request.GET and not asked:
        return render(request, "privacy/my_erasure_sure.html", {"crumbs": crumbs})
    return render(request, "privacy/my_erasure.html", {"asked": asked, "crumbs": crumbs})
