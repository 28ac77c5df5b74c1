from django.http import HttpRequest, HttpResponse


def _todo(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("")


register = registration_sent = confirm_address = my = my_registration = my_edit = my_withdraw = my_reopen = privacy = accessibility = _todo
