package io.weighbridge.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.schemas.Redaction;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The HTTP API of a page's process, as a client sees it. */
public final class Api {

    /** Setting: where {@code up} or {@code serve} answers, such as {@code http://127.0.0.1:8470}. */
    public static final String URL = "weighbridge.api.url";

    /** Setting: the token to show; the environment's {@code WEIGHBRIDGE_TOKEN}. */
    public static final String TOKEN = "weighbridge.token";

    /** Setting: the file that holds it, unless {@link #TOKEN} is set. */
    public static final String TOKEN_FILE = "weighbridge.api.token.file";

    /** What a client of the API reads. */
    public static final List<Setting> SETTINGS = List.of(
            Setting.computed(URL, "that of up"),
            Setting.secret(TOKEN),
            Setting.computed(TOKEN_FILE, ".weighbridge/admin.token if it is there and the API is that of up"));

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String root;
    private final Optional<String> token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    private Api(String root, Optional<String> token) {
        this.root = root;
        this.token = token;
    }

    /**
     * The API that the settings name.
     *
     * @throws IllegalArgumentException if the file of the token cannot be read
     */
    public static Api of(Settings settings) {
        String root = settings.text(URL, "").replaceAll("/+$", "");
        var token = Optional.of(settings.text(TOKEN, ""))
                .filter(text -> !text.isBlank())
                .or(() -> settings.file(TOKEN_FILE).map(bytes -> new String(bytes, StandardCharsets.US_ASCII)))
                .map(String::strip);
        settings.check();
        return new Api(root, token);
    }

    /**
     * Asks for something.
     *
     * @param path below {@code /api/v1/}, with its query
     * @throws ApiException if there is no answer, or it is a problem
     */
    public JsonNode get(String path) throws ApiException, InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(root + "/api/v1/" + path)).timeout(ANSWER);
            token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var json = JSON.readTree(response.body());
            if (response.statusCode() == 401) {
                throw new ApiException(
                        "the API at " + Redaction.of(root) + " wants a token that holds: set WEIGHBRIDGE_TOKEN, or "
                                + TOKEN_FILE + " to a file that holds one",
                        json);
            }
            if (response.statusCode() != 200) {
                throw new ApiException(json.path("detail").asText("status " + response.statusCode()), json);
            }
            return json;
        } catch (IOException | IllegalArgumentException e) {
            throw new ApiException(
                    Redaction.of(
                            "no API answers at " + root + ": start `weighbridge up` or `weighbridge serve`, or name"
                                    + " one with " + URL + " (" + e + ")"),
                    null);
        }
    }
}
