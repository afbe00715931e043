# A static binary on nothing, run by nobody.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=devel
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X copydesk/cli.release=${VERSION}" -o /copydesk . && mkdir /data /licenses && \
    cp LICENSE /licenses/ && cp filters/language/NOTICE filters/language/LICENSE.lingua-go filters/text/licenses/opencc.txt /licenses/ && \
    cp filters/topic/words/LICENSES /licenses/words.txt

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /copydesk /copydesk
COPY --from=build /licenses /licenses
COPY --from=build --chown=65534:65534 /data /data
USER 65534:65534
# The configuration, copydesk.yaml, and the database live here. In a container
# the configuration says listen: 0.0.0.0:8080, and a token.
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/copydesk"]
CMD ["serve"]
