# syntax=docker/dockerfile:1
# One image for every role: `web` (the default), `worker`, `setup`, or any manage.py command.

FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/base.txt /tmp/base.txt
# Wheels only: a package that would have to be compiled stops the build instead of needing a compiler here.
RUN /venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/base.txt

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/pompidou \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin pompidou \
    && install -d -o pompidou -g pompidou /var/lib/pompidou
COPY --from=build /venv /venv
COPY . /app
WORKDIR /app
# Needs no database and no real secret: it only copies, names by content and compresses.
RUN SECRET_KEY=build FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= BASE_URL=https://build.example \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q /app
USER pompidou
VOLUME /var/lib/pompidou
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "deploy/probe.py"]
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["web"]
