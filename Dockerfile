# One image for every process type; docker-compose.yml says which command each service runs.
FROM python:3.13-slim AS build
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --require-hashes --no-deps -r requirements.lock

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /data --uid 10001 helpdesk
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HELPDESK_DATA=/data STATIC_MANIFEST=1
RUN SECRET_KEY=build DATABASE_URL=postgres://nowhere/x REDIS_URL=redis://nowhere \
    HELPDESK_DATA=/app/.static python manage.py collectstatic --no-input -v 0 \
    && chown -R helpdesk:helpdesk /data
ENV STATIC_ROOT=/app/.static/static
USER helpdesk
VOLUME /data
EXPOSE 8000 2525
CMD ["uvicorn", "helpdesk.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", "--no-server-header"]
