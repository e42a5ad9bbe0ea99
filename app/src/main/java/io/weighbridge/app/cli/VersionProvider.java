package io.weighbridge.app.cli;

import io.weighbridge.app.life.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"weighbridge " + Version.text()};
    }
}
