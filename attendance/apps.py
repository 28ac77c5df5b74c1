from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = _("Attendance")

    def ready(self) -> None:
        from attendance import booking_mails, mails  # models are ready only now
        from attendance.erasure import forget_presence
        from attendance.services import carrying, certificates
        from correspondence import kinds
        from participants import leaving

        kinds.register(*booking_mails.KINDS, *mails.KINDS)
        leaving.register(carrying.leave_all, carrying.carry_over)
        leaving.register_unite(carrying.carry_names)
        leaving.register_unite(carrying.carry_presence)
        leaving.register(certificates.leave, certificates.carry_over)
        leaving.register_erasure(forget_presence)
