package io.weighbridge.app.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks every instance of the matcher the same: first those whose addresses are set, then, at once, those that these name, as Kafka told them.
 * Bounded in time, in the size of answers, and in how many are asked.
 */
final class InstanceClient {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final long MOST_BYTES = 32L << 20;
    private static final int MOST_INSTANCES = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Collection<String> seeds;

    /** @param seeds {@code HOST:PORT} of the management servers of some instances */
    InstanceClient(Collection<String> seeds) {
        this.seeds = new LinkedHashSet<>(seeds);
    }

    /**
     * All answers.
     *
     * @param path with its query
     * @throws IllegalArgumentException if an instance says that the question is wrong
     */
    Answers ask(String path) {
        var answers = Answers.none();
        ask(seeds, path, answers);
        var named = new LinkedHashSet<String>();
        for (var answer : answers.byInstance().values()) {
            answer.path("instances").forEach(instance -> named.add(instance.asText()));
        }
        named.removeAll(answers.byInstance().keySet());
        named.removeAll(seeds);
        ask(named.stream().limit(MOST_INSTANCES).toList(), path, answers);
        return answers;
    }

    private void ask(Collection<String> addresses, String path, Answers answers) {
        var asked = new LinkedHashMap<String, CompletableFuture<JsonNode>>();
        addresses.forEach(address -> asked.put(address, ask(address, path)));
        asked.forEach((address, answer) -> {
            try {
                var json = answer.join();
                answers.byInstance().putIfAbsent(json.path("self").asText(address), json);
            } catch (CompletionException e) {
                if (e.getCause() instanceof IllegalArgumentException wrong) {
                    throw wrong;
                }
                answers.silent().put(address, reason(e.getCause()));
            }
        });
    }

    private static String reason(Throwable cause) {
        return cause instanceof Refused
                ? cause.getMessage()
                : "no answer (" + cause.getClass().getSimpleName() + ")";
    }

    private CompletableFuture<JsonNode> ask(String address, String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                    .timeout(ANSWER)
                    .build();
            var exchange = http.sendAsync(request, InstanceClient::bounded);
            return exchange.orTimeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((response, failure) -> exchange.cancel(true))
                    .thenApply(InstanceClient::read);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new Refused("no address"));
        }
    }

    /** Our servers say how long an answer is; what does not, or is too long, is not read. */
    private static HttpResponse.BodySubscriber<byte[]> bounded(HttpResponse.ResponseInfo info) {
        long length = info.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
        return length <= MOST_BYTES ? BodySubscribers.ofByteArray() : BodySubscribers.replacing(new byte[0]);
    }

    private static JsonNode read(HttpResponse<byte[]> response) {
        try {
            var json = JSON.readTree(response.body());
            String detail = json.path("detail").asText("status " + response.statusCode());
            return switch (response.statusCode()) {
                case 200 -> json;
                case 400 -> throw new IllegalArgumentException(detail);
                default -> throw new CompletionException(new Refused(detail));
            };
        } catch (IOException e) {
            throw new CompletionException(new Refused("status " + response.statusCode() + ", not JSON"));
        }
    }

    /** An instance answered, but not with what was asked for. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
