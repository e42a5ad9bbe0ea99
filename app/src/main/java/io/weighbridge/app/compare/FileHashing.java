package io.weighbridge.app.compare;

import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;

/** Hashes files in this process as a hasher with the same settings would. */
public final class FileHashing {

    private FileHashing() {}

    /** A scanner within the limits of the settings. */
    public static ModelScanner scanner(Settings settings, ModelHasher hasher) {
        var limits = ReadLimits.from(settings);
        settings.check();
        return new ModelScanner(limits, hasher);
    }

    /** All algorithms, on the basis that the settings name. */
    public static ModelHasher hasher(Settings settings) {
        var secret = RoleConfig.siteSecret(settings);
        settings.check();
        return secret.map(SiteKey::of)
                .map(key -> ModelHasher.of(Algorithms.of(key)))
                .orElseGet(ModelHasher::standard);
    }
}
