"""The same list page as Django's admin makes it, over the same table: `python -m bench.admin FILE PORT`.

Django keeps its own tables beside the country in a database of its own.
"""

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import django
import uvicorn
from django.conf import settings
from django.contrib import admin
from django.core.asgi import get_asgi_application
from django.core.management import call_command
from django.db import models
from django.urls import path

APPS = ("admin", "auth", "contenttypes", "sessions", "messages")
LIST = "/admin/bench/case/?state__exact=plan_uploaded&o=3"


class Router:
    """The cases are read from the country, everything else is Django's own."""

    def db_for_read(self, model: Any, **_: Any) -> str | None:
        return "country" if model.__name__ == "Case" else None


def configure(country: Path) -> None:
    own = Path(mkdtemp(prefix="lingpao-django-")) / "own.db"
    engine = "django.db.backends.sqlite3"
    template = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
    settings.configure(
        SECRET_KEY="of this run only",  # noqa: S106
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="bench.admin",
        DATABASES={
            "default": {"ENGINE": engine, "NAME": str(own)},
            "country": {"ENGINE": engine, "NAME": str(country)},
        },
        DATABASE_ROUTERS=["bench.admin.Router"],
        INSTALLED_APPS=["bench", *(f"django.contrib.{name}" for name in APPS)],
        MIDDLEWARE=[
            "django.middleware.gzip.GZipMiddleware",
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[template],
        STATIC_URL="static/",
        USE_TZ=True,
        LANGUAGE_CODE="zh-hans",
    )
    django.setup()


def register() -> None:
    """The columns that the register shows, as they stand in the row; the district stays a number."""
    names = ("subject_name", "state", "next_due_on", "district_id", "next_milestone", "proposed_step")

    class Meta:
        app_label = "bench"
        db_table = "cases"
        managed = False

    texts: dict[str, Any] = {name: models.CharField(max_length=100) for name in names if name != "district_id"}
    columns = {**texts, "district_id": models.IntegerField(), "__module__": __name__, "Meta": Meta}
    case = type("Case", (models.Model,), columns)
    shown = {"list_display": names, "list_filter": (), "list_per_page": 50, "ordering": ("id",)}
    admin.site.register(case, type("CaseAdmin", (admin.ModelAdmin,), shown))


def session() -> str:
    """The cookie of an administrator."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return str(client.cookies["sessionid"].value)


urlpatterns: list[Any] = []

if __name__ == "__main__":
    sys.modules["bench.admin"] = sys.modules["__main__"]
    configure(Path(sys.argv[1]))
    register()
    urlpatterns.append(path("admin/", admin.site.urls))
    print(session(), flush=True)
    uvicorn.run(get_asgi_application(), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
