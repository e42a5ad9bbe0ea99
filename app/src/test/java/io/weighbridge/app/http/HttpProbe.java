package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A client of a server on this machine that holds each answer of a web server against the OpenAPI document. */
final class HttpProbe {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port;
    private final Optional<ApiContract> contract;

    private HttpProbe(int port, Optional<ApiContract> contract) {
        this.port = port;
        this.contract = contract;
    }

    /** A client of a web server. */
    static HttpProbe ofApi(int port) {
        return new HttpProbe(port, Optional.of(ApiContract.OF_THIS_PROGRAM));
    }

    /** A client of a management server, which the document does not tell of. */
    static HttpProbe ofManagement(int port) {
        return new HttpProbe(port, Optional.empty());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, HttpResponse.BodyHandlers.ofString(), headers);
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a body of JSON. */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return send(method, path, HttpRequest.BodyPublishers.ofString(body), HttpResponse.BodyHandlers.ofString(), all);
    }

    /** Sends bytes of a type. */
    HttpResponse<String> send(String method, String path, byte[] body, String type) {
        return send(
                method,
                path,
                HttpRequest.BodyPublishers.ofByteArray(body),
                HttpResponse.BodyHandlers.ofString(),
                "Content-Type",
                type);
    }

    /** A response whose body goes on. */
    HttpResponse<InputStream> open(String path, String... headers) {
        return send("GET", path, HttpResponse.BodyHandlers.ofInputStream(), headers);
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /** The answer to these very bytes, to its end. */
    String raw(String request) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> HttpResponse<T> send(String method, String path, HttpResponse.BodyHandler<T> body, String... headers) {
        return send(method, path, HttpRequest.BodyPublishers.noBody(), body, headers);
    }

    private <T> HttpResponse<T> send(
            String method,
            String path,
            HttpRequest.BodyPublisher sent,
            HttpResponse.BodyHandler<T> body,
            String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, sent);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), body);
            String text = response.body() instanceof String whole ? whole : null;
            contract.ifPresent(told -> told.check(method, path, response, text));
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
