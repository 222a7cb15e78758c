FROM rust:1.90-slim-trixie AS build
WORKDIR /src
COPY . .
RUN cargo install --path . --locked --root /out

FROM debian:13.1-slim
# git is for --since and --changed. Debian keeps no old versions, so none can be pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin unspin
COPY --from=build /out/bin/unspin /usr/local/bin/unspin
COPY LICENSE-APACHE LICENSE-MIT THIRD_PARTY.md /usr/share/doc/unspin/
# Any user may keep a cache, since `docker run --user` may name one who has no home.
ENV UNSPIN_CACHE=/tmp/unspin-cache
USER 10001
WORKDIR /texts
ENTRYPOINT ["unspin"]
CMD ["--help"]
