from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Makes the command ``demo`` known; the command refuses to run, and the pages are absent, unless settings.DEMO is on."""

    name = "pompidou.demo"
    label = "demo"
