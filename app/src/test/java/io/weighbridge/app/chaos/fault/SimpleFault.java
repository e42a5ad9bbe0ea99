package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.load.Poison;
import io.weighbridge.app.chaos.site.Member;
import io.weighbridge.app.chaos.site.RegistryProxy.Mode;
import io.weighbridge.app.life.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Faults that need nothing but signals and the registry's proxy. */
enum SimpleFault implements Fault {
    KILL_ROLE("kill -9 of one instance") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            var victim = scene.victim();
            victim.kill();
            Scene.pause(SHORT);
            victim.start();
        }
    },
    KILL_ALL_ROLES("kill -9 of every instance of every role at once") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            var victims = scene.targets();
            victims.forEach(Member::kill);
            Scene.pause(SHORT);
            for (var victim : victims) {
                victim.start();
            }
        }
    },
    KILL_BROKER("kill -9 of the broker") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            scene.site().broker().kill();
            Scene.pause(SHORT);
            scene.site().broker().start();
        }
    },
    RESTART_BROKER("SIGTERM of the broker, back after 15 s") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            scene.site().broker().terminate();
            Scene.pause(LONG);
            scene.site().broker().start();
        }
    },
    PAUSE_ROLE("SIGSTOP of one instance for twice the session time-out, then SIGCONT: a zombie, fenced") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            var victim = scene.victim();
            victim.pause();
            Scene.pause(LONG);
            victim.resume();
        }
    },
    SLOW_REGISTRY("registry answers 3 s late while an instance of each role starts anew") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            startWith(Mode.SLOW, scene);
        }
    },
    FAILING_REGISTRY("registry answers 503, then hangs up, while an instance of each role starts anew") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            startWith(Mode.FAILING, scene);
            startWith(Mode.HANGING_UP, scene);
        }
    },
    POISONED_RECORDS(
            "200 records that nobody can read, in eight topics; the 50 rules among them become no dead letters") {
        @Override
        public void strike(Scene scene) throws InterruptedException {
            var traffic = scene.traffic();
            Poison.write(scene.site().cluster(), traffic.ledger(), scene.random(), 5);
        }
    },
    REBALANCE_STORM("instances join, leave and die, a change a second or so") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            for (int change = 0; change < 6; change++) {
                var role = scene.any(List.of(Role.values()));
                var joining = scene.site().join(role);
                joining.start();
                Scene.pause(SHORT);
                var leaving = scene.victim(role);
                if (leaving == joining || scene.random().nextBoolean()) {
                    leaving.kill();
                } else {
                    leaving.terminate();
                }
                scene.site().leave(leaving);
            }
        }
    },
    SHUTDOWN_MID_DOWNLOAD("SIGTERM of every hasher in turn in the middle of downloads that take 8 s") {
        @Override
        public void strike(Scene scene) throws IOException, InterruptedException {
            for (var hasher : scene.targets(Role.HASHER)) {
                var keys = scene.traffic().slowCopies(6, Duration.ofSeconds(8));
                while (scene.hub().underWay(keys) == 0) {
                    Scene.pause(Duration.ofMillis(20));
                }
                hasher.terminate();
                hasher.start();
            }
        }
    };

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(15);

    private final String description;

    SimpleFault(String description) {
        this.description = description;
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String description() {
        return description;
    }

    /** What is started anew knows no schema; it asks for all that it meets. */
    private static void startWith(Mode mode, Scene scene) throws IOException, InterruptedException {
        scene.site().proxy().mode(mode);
        try {
            for (var role : Role.values()) {
                var victim = scene.victim(role);
                victim.kill();
                victim.start();
            }
            Scene.pause(LONG);
        } finally {
            scene.site().proxy().mode(Mode.PASSING);
        }
    }
}
