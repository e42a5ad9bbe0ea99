package io.weighbridge.app.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Calls of a schema registry that are not about a record at hand: what operators ask, and have it forget. Each is made once, and whoever calls judges. */
public final class RegistryCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    public RegistryCalls(Settings settings) {
        this.settings = settings;
    }

    /** The addresses of {@code schema.registry.url}, but for those in the memory of a process. */
    public List<String> urls() {
        return settings.list("schema.registry.url", "").stream()
                .filter(url -> !url.startsWith("mock:"))
                .map(url -> url.replaceAll("/+$", ""))
                .toList();
    }

    /** An address without the user and password that it may hold. */
    public static String shown(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    /** Names of all subjects, as a JSON array. */
    public HttpResponse<String> subjects(String url) throws IOException, InterruptedException {
        return send(url, request(url, "/subjects"));
    }

    /** Whether a schema could be the next version of a subject. */
    public HttpResponse<String> compatibility(String url, String subject, Schema schema)
            throws IOException, InterruptedException {
        String body = JSON.valueToTree(Map.of("schema", schema.toString())).toString();
        return send(
                url,
                request(url, "/compatibility/subjects/" + subject + "/versions/latest")
                        .header("Content-Type", MEDIA_TYPE)
                        .POST(BodyPublishers.ofString(body)));
    }

    /** Deletes all versions of a subject; records that were written with them can still be read. */
    public HttpResponse<String> delete(String url, String subject) throws IOException, InterruptedException {
        return send(url, request(url, "/subjects/" + subject).DELETE());
    }

    private static HttpRequest.Builder request(String url, String path) {
        return HttpRequest.newBuilder(URI.create(shown(url) + path))
                .timeout(PATIENCE)
                .header("Accept", MEDIA_TYPE);
    }

    private HttpResponse<String> send(String url, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        Optional.of(settings.text("basic.auth.user.info", ""))
                .filter(user -> !user.isEmpty())
                .or(() -> Optional.ofNullable(URI.create(url).getUserInfo()))
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
