# The app with the Neo4j driver, its reading compiled; compose.yaml runs it beside a server.
FROM python:3.12.11-slim-bookworm AS build

RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY graph graph
COPY loaders loaders
COPY queries queries
COPY ui ui
COPY cypher cypher
COPY samples samples
RUN HATCH_BUILD_HOOKS_ENABLE=1 pip wheel --no-cache-dir --no-deps --wheel-dir /dist .

FROM python:3.12.11-slim-bookworm

WORKDIR /app
COPY requirements.lock requirements-dev.lock ./
# the driver at the version the tests run with
RUN pip install --no-cache-dir -r requirements.lock $(sed -n 's/^\(neo4j[a-z-]*==[^ ]*\).*/\1/p' requirements-dev.lock)
COPY samples samples
COPY --from=build /dist /dist
RUN pip install --no-cache-dir --no-deps /dist/*.whl \
 && useradd --create-home zeren && mkdir /library && chown zeren /library
USER zeren
EXPOSE 8501
CMD ["zeren", "serve", "--host", "0.0.0.0", "--port", "8501", "--no-browser"]
