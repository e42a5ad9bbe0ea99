package io.weighbridge.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The HTTP API of a page's process, as a client sees it. */
public final class Api {

    /** Setting: where {@code up} or {@code serve} answers, such as {@code http://127.0.0.1:8470}. */
    public static final String URL = "weighbridge.api.url";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String root;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    private Api(String root) {
        this.root = root;
    }

    /** The API that the settings name. */
    public static Api of(Settings settings) {
        return new Api(settings.text(URL, "").replaceAll("/+$", ""));
    }

    /**
     * Asks for something.
     *
     * @param path below {@code /api/v1/}, with its query
     * @throws ApiException if there is no answer, or it is a problem
     */
    public JsonNode get(String path) throws ApiException, InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(root + "/api/v1/" + path))
                    .timeout(ANSWER)
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var json = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new ApiException(json.path("detail").asText("status " + response.statusCode()), json);
            }
            return json;
        } catch (IOException | IllegalArgumentException e) {
            throw new ApiException(
                    "no API answers at " + root + ": start `weighbridge up` or `weighbridge serve`, or name one with "
                            + URL + " (" + e + ")",
                    null);
        }
    }
}
