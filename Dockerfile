FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /relais
COPY requirements.lock .
RUN pip install --require-hashes --no-deps -r requirements.lock

COPY . .
# Compiled once here: the process itself may not write outside /var/lib/relais.
RUN python -m compileall -q api migrations models relais seed web \
 && useradd --system --uid 10001 --no-create-home relais \
 && install -d -o relais -g relais /var/lib/relais
USER relais

ENV RELAIS_VAR=/var/lib/relais
VOLUME /var/lib/relais
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "relais", "serve", "--host", "0.0.0.0", "--port", "8000"]
