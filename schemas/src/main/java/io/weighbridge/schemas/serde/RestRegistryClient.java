package io.weighbridge.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;

/** A schema registry behind Confluent's REST API. Tries its URLs in turn, each again after a failure that may pass. */
final class RestRegistryClient implements RegistryClient {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One for the process, as each has a thread of its own; it keeps no state but open connections. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SerdeConfig config;
    private volatile int preferred;

    RestRegistryClient(SerdeConfig config) {
        this.config = config;
    }

    @Override
    public int register(String subject, Schema schema) {
        return post(subjectPath(subject) + "/versions", schema).path("id").asInt();
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return post(subjectPath(subject), schema).path("id").asInt();
    }

    @Override
    public Registered latest(String subject) {
        String path = subjectPath(subject) + "/versions/latest";
        JsonNode answer = call(path, Optional.empty());
        return new Registered(answer.path("id").asInt(), avroSchema(answer, path));
    }

    @Override
    public Schema schema(int id) {
        String path = "/schemas/ids/" + id;
        return avroSchema(call(path, Optional.empty()), path);
    }

    private JsonNode post(String path, Schema schema) {
        return call(
                path,
                Optional.of(
                        JSON.valueToTree(Map.of("schema", schema.toString())).toString()));
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Schema avroSchema(JsonNode answer, String path) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !answer.path("references").isEmpty()) {
            String got = type.equals("AVRO") ? "one with references" : type;
            throw new RegistryRefusedException(200, path + ": expected a self-contained AVRO schema, got " + got);
        }
        try {
            return RegistryClient.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new RegistryRefusedException(200, path + ": expected an Avro schema, got " + e.getMessage());
        }
    }

    private JsonNode call(String path, Optional<String> body) {
        List<String> urls = config.registryUrls();
        Duration wait = config.firstWait();
        for (int attempt = 0; ; attempt++) {
            int index = (preferred + attempt) % urls.size();
            try {
                JsonNode answer = once(urls.get(index), path, body);
                preferred = index;
                return answer;
            } catch (RegistryUnavailableException e) {
                if (attempt >= Math.max(config.retries(), urls.size() - 1)) {
                    throw e;
                }
            }
            sleep(wait);
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(config.longestWait()) < 0 ? doubled : config.longestWait();
        }
    }

    private JsonNode once(String url, String path, Optional<String> body) {
        try {
            return judge(HTTP.send(request(url, path, body), BodyHandlers.ofString()), path);
        } catch (IOException e) {
            throw new RegistryUnavailableException(
                    "schema registry at " + withoutUserInfo(url) + path + ": no answer: " + e, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private HttpRequest request(String url, String path, Optional<String> body) {
        var request = HttpRequest.newBuilder(URI.create(withoutUserInfo(url) + path))
                .timeout(config.requestTimeout())
                .header("Accept", MEDIA_TYPE);
        body.ifPresent(text -> request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(text)));
        config.credentials()
                .or(() -> Optional.ofNullable(URI.create(url).getUserInfo()))
                .ifPresent(userInfo -> request.header("Authorization", "Basic " + base64(userInfo)));
        return request.build();
    }

    /** Only a plain no is a refusal: a missing right or a proxy's own 404 says nothing about a schema. */
    private static JsonNode judge(HttpResponse<String> response, String path) {
        Optional<JsonNode> body = json(response.body());
        int status = response.statusCode();
        if (status == 200 && body.isPresent()) {
            return body.get();
        }
        int code = body.map(node -> node.path("error_code").asInt(status)).orElse(status);
        String message = "schema registry at " + withoutUserInfo(response.uri().toString()) + ": HTTP " + status
                + ", error code " + code + ": "
                + body.map(node -> node.path("message").asText("no message")).orElse("no JSON in the answer");
        boolean isRefusal = status == 409 || status == 422 || (status == 404 && code != status);
        if (isRefusal) {
            throw new RegistryRefusedException(code, message);
        }
        throw new RegistryUnavailableException(message);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String withoutUserInfo(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
