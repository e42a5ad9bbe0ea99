package io.weighbridge.app.http.webhook;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.hasher.fetch.HubAddress;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a webhook of Hugging Face tells, version 3 of its body: {@code event{action, scope}}, {@code repo{type, name, private, headSha}}, and
 * more that is not needed here.
 *
 * @param repo {@code OWNER/NAME}
 * @param headSha commit of the default branch after the event
 */
record HuggingFacePush(String action, String scope, String type, String repo, boolean isPrivate, String headSha) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
    private static final String HUB = "huggingface";
    private static final String CONTENT = "repo.content";
    private static final int ID_BYTES = 16;

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException if it is none; the message tells where, as a JSON pointer or a byte offset
     */
    static HuggingFacePush of(byte[] body) {
        JsonNode json = json(body);
        String type = text(json, "/repo/type");
        String repo = text(json, "/repo/name");
        // Other kinds of repositories and events that change no content may tell no commit.
        String headSha = json.at("/repo/headSha").asText();
        var push = new HuggingFacePush(
                text(json, "/event/action"),
                text(json, "/event/scope"),
                type,
                repo,
                json.at("/repo/private").asBoolean(),
                headSha);
        if (push.ignored().isEmpty()) {
            require("/repo/headSha", SHA.matcher(headSha).matches(), "a commit of 40 or 64 hexadecimal digits");
            require("/repo/name", HubAddress.of(push.address()).isPresent(), "OWNER/NAME");
        }
        return push;
    }

    /** Why nothing follows from it; empty if something does. */
    Optional<String> ignored() {
        if (!type.equals("model")) {
            return Optional.of("repo.type: only models are scanned, this is a " + type);
        }
        if (!scope.equals(CONTENT) && !scope.startsWith(CONTENT + ".")) {
            return Optional.of("event.scope: only repo.content changes files, this is " + scope);
        }
        return action.equals("delete") ? Optional.of("event.action: nothing is left to scan") : Optional.empty();
    }

    /** The same for the same commit of the same repository, so that an event that is told again is known again. */
    String id() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(address().getBytes(StandardCharsets.UTF_8));
            return HUB + "-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    UploadEvent upload(Instant now) {
        var file = ModelFile.newBuilder()
                .setPath(repo.substring(repo.indexOf('/') + 1))
                .setUrl(address())
                .build();
        return UploadEvent.newBuilder()
                .setId(id())
                .setHub(HUB)
                .setRepo(repo)
                .setRevision(headSha)
                .setOwner(repo.substring(0, repo.indexOf('/')))
                .setIsPrivate(isPrivate)
                .setFiles(List.of(file))
                .setUploadedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private String address() {
        return "hf://" + repo + "@" + headSha;
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            require("body", json.isObject(), "a JSON object");
            return json;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "body at byte " + e.getLocation().getByteOffset() + ": expected JSON, got something else", e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(JsonNode json, String pointer) {
        String text = json.at(pointer).asText();
        require(pointer, json.at(pointer).isTextual() && !text.isBlank(), "text");
        return text;
    }

    private static void require(String where, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(where + ": expected " + expected);
        }
    }
}
