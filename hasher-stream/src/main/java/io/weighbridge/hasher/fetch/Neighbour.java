package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.avro.ModelFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A file that another one names, where no listing tells of it: on the same host, in the same folder or below it, under that name. Whoever names it decides on the name
 * alone, and it is fetched under all checks that any address is.
 */
public final class Neighbour {

    private Neighbour() {}

    /**
     * @param path of the repository that it is to be known by
     * @param name relative to the file's folder, with {@code /} between names
     * @return empty if the file's address is none, or one of the names is no plain name
     */
    public static Optional<ModelFile> of(ModelFile file, String path, String name) {
        if (!HubAddress.areNames(name)) {
            return Optional.empty();
        }
        return address(file.getUrl(), name)
                .map(url -> ModelFile.newBuilder().setPath(path).setUrl(url).build());
    }

    private static Optional<String> address(String url, String name) {
        if (HubAddress.isOne(url)) {
            return HubAddress.of(url)
                    .filter(file -> !file.isRepository())
                    .map(file -> file.file(folder(file.path()) + name).toString());
        }
        try {
            var address = new URI(url);
            boolean hasFolder =
                    address.getRawPath() != null && address.getRawPath().contains("/");
            return hasFolder
                    ? Optional.of(address.getScheme() + "://"
                            + (address.getRawAuthority() == null ? "" : address.getRawAuthority())
                            + folder(address.getRawPath())
                            + HubAddress.encodedPath(name))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** With the slash at its end; empty if there is none. */
    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
