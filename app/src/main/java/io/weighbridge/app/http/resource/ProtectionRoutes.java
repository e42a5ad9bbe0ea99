package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.feed.PictureJson;
import io.weighbridge.app.feed.PolicyJson;
import io.weighbridge.app.feed.ProtectedRow;
import io.weighbridge.app.http.Body;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.BodyLimit;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Protects models, withdraws them, and says what is to become of their matches. */
final class ProtectionRoutes implements Routes {

    /** Room for the fields of a form beside its file. */
    private static final long FORM_BYTES = 64 * 1024;

    private static final int MOST_AUTHORISED = 10_000;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_REASON = 4_000;

    private final LivePicture picture;
    private final Writes writes;
    private final UploadedFiles files;

    ProtectionRoutes(LivePicture picture, Writes writes, UploadedFiles files) {
        this.picture = picture;
        this.writes = writes;
        this.files = files;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.addEndpoint(new BodyLimit(files.mostBytes() + FORM_BYTES)
                .endpoint(HandlerType.POST, ROOT + "/protected", ApiRole.CURATOR, this::protect));
        routes.put(ROOT + "/protected/{id}/policy", this::setPolicy, ApiRole.CURATOR);
        routes.delete(ROOT + "/protected/{id}", this::withdraw, ApiRole.CURATOR);
    }

    private void protect(Context context) {
        Query.none(context);
        ProtectedModel model = context.isMultipartFormData()
                ? ProtectionForm.of(context, files, writes.now())
                : ProtectionForm.of(Body.of(context), writes.now());
        writes.publish(publisher -> publisher.protect(model));
        context.header("Location", ROOT + "/protected/" + URLEncoder.encode(model.getId(), StandardCharsets.UTF_8));
        Responses.json(
                context,
                HttpStatus.ACCEPTED,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", model.getId())
                        .put("protectedAt", model.getProtectedAt().toString())
                        .put("sha256", model.getFile().getSha256())
                        .put("status", ProtectedRow.Status.PENDING.name()));
    }

    private void setPolicy(Context context) {
        Query.none(context);
        ProtectedRow known = Found.in(context, "protected model", "id", picture::protectedModel);
        Responses.tagOf(PictureJson.ofProtected(known)).requireMatch(context);
        var body = Body.of(context);
        var policy = policy(body, known, Access.actor(context).name());
        body.check();
        writes.publish(publisher -> publisher.policy(policy));
        var shown = writes.await(
                () -> picture.protectedModel(known.model().getId()).filter(row -> policy.equals(row.policy())));
        if (shown.isEmpty()) {
            Responses.json(context, HttpStatus.ACCEPTED, PolicyJson.of(policy));
        } else {
            var json = PictureJson.ofProtected(shown.get());
            context.header("ETag", Responses.tagOf(json).value());
            Responses.json(context, json);
        }
    }

    private ProtectionPolicy policy(Body body, ProtectedRow known, String actor) {
        var mode = body.one("mode", ProtectionMode.class);
        var until = body.optionalTime("disabledUntil");
        if (until.isPresent() && mode != ProtectionMode.DISABLED) {
            body.wrong("disabledUntil", "expected none in mode " + mode);
        }
        if (until.isPresent() && !until.get().isAfter(writes.now())) {
            body.wrong("disabledUntil", "expected a time to come, got " + until.get());
        }
        return ProtectionPolicy.newBuilder()
                .setProtectedModelId(known.model().getId())
                .setMode(mode == null ? ProtectionMode.LIVE : mode)
                .setDisabledUntil(until.orElse(null))
                .setAuthorisedOwners(inLowerCase(body.texts("authorisedOwners", MOST_AUTHORISED, LONGEST_NAME)))
                .setAuthorisedLicenses(inLowerCase(body.texts("authorisedLicenses", MOST_AUTHORISED, LONGEST_NAME)))
                .setChangedBy(actor)
                .setReason(body.text("reason", LONGEST_REASON))
                .setChangedAt(writes.now())
                .build();
    }

    private static List<String> inLowerCase(List<String> texts) {
        return texts.stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private void withdraw(Context context) {
        Query.none(context);
        ProtectedRow known = Found.in(context, "protected model", "id", picture::protectedModel);
        Responses.tagOf(PictureJson.ofProtected(known)).requireMatch(context);
        String id = known.model().getId();
        writes.publish(publisher -> publisher.withdraw(id));
        boolean isGone = writes.await(
                        () -> picture.protectedModel(id).isPresent() ? Optional.empty() : Optional.of(true))
                .isPresent();
        context.status(isGone ? HttpStatus.NO_CONTENT : HttpStatus.ACCEPTED);
    }
}
