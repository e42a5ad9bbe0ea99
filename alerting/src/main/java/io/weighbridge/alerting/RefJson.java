package io.weighbridge.alerting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.UploadRef;

/** References to uploads and protected models as JSON, the same in alerts, scans and the API. */
public final class RefJson {

    private RefJson() {}

    public static ObjectNode of(UploadRef upload) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", upload.getId())
                .put("hub", upload.getHub())
                .put("repo", upload.getRepo())
                .put("revision", upload.getRevision())
                .put("owner", upload.getOwner())
                .put("uploader", upload.getUploader())
                .put("license", upload.getLicense())
                .put("uploadedAt", upload.getUploadedAt().toString());
    }

    public static ObjectNode of(ProtectedRef model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", model.getId())
                .put("name", model.getName())
                .put("owner", model.getOwner())
                .put("protectedAt", model.getProtectedAt().toString());
    }
}
