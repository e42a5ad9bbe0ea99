package io.weighbridge.app.deploy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files by which the product is run, judged by the linters of their languages. */
class LintTest {

    @Test
    void shouldPleaseTheLinterOfYaml() {
        String folder = DeployFiles.DOCKER.toString();

        Peer.YAMLLINT
                .judge(
                        "--strict",
                        "-c",
                        DeployFiles.DOCKER.resolve(".yamllint.yaml").toString(),
                        folder)
                .mustBeGood();
    }

    @Test
    void shouldPleaseTheLinterOfShellScripts() throws IOException {
        var scripts = Stream.concat(
                Stream.of("weighbridge", ".ci/run").map(DeployFiles.ROOT::resolve),
                DeployFiles.below(DeployFiles.DOCKER, ".sh").stream());

        Peer.SHELLCHECK
                .judge(scripts.map(Object::toString).toArray(String[]::new))
                .mustBeGood();
    }
}
