#!/bin/sh
# What a container does, by its first word.
set -eu
case "${1:-web}" in
web) exec gunicorn pompidou.wsgi:application ;;
setup) python manage.py migrate --no-input && exec python manage.py createcachetable ;;
worker) shift && exec python manage.py worker "$@" ;;
*) exec python manage.py "$@" ;;
esac
