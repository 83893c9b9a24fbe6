package dev.pilot.runner.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.testkit.access.LiteralRedactor;
import dev.pilot.testkit.run.LiveProcesses;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a killed Pilot leaves running, the next one ends; and nothing else. */
@EnabledOnOs(OS.LINUX)
class OrphanReaperTest {
    private static final Map<String, String> OWN = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path home;

    @Test
    void whatAKilledOneLeftRunningIsEndedByTheNext() throws Exception {
        Process hub = startHub("echo $$ > main; (setsid sh -c 'echo $$ > stray; exec sleep 1000' &) ; exec sleep 1000");
        long main = LiveProcesses.pid(home.resolve("main"));
        long stray = LiveProcesses.pid(home.resolve("stray"));
        hub.destroyForcibly().waitFor();
        assertThat(LiveProcesses.runs(main)).isTrue();
        assertThat(LiveProcesses.runs(stray)).isTrue();

        try (ChildProcesses next = new ChildProcesses(new LiteralRedactor(), OWN, state(), ChildLimits.DEFAULT)) {
            assertThat(next).isNotNull();
            assertThat(LiveProcesses.runs(main)).isFalse();
            assertThat(LiveProcesses.runs(stray)).isFalse();
            assertThat(state()).isEmptyDirectory();
        }
    }

    @Test
    void whatALivingOneRunsIsLeftAlone() throws Exception {
        Process hub = startHub("echo $$ > main; exec sleep 1000");
        long main = LiveProcesses.pid(home.resolve("main"));

        assertThat(new OrphanReaper(state()).reap()).isZero();
        assertThat(LiveProcesses.runs(main)).isTrue();
        hub.destroy(); // its shutdown hook closes what it runs
        assertThat(hub.waitFor(LiveProcesses.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(LiveProcesses.runs(main)).isFalse();
        assertThat(state()).isEmptyDirectory();
    }

    @Test
    void aReusedNumberIsNotMistakenForTheOrphan() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.createDirectories(state());
            Path file = state().resolve("0001.process");
            Files.writeString(file, "owner 1 1\ncookie run_1:1:0001\nchild " + stranger.pid() + " 1\n");

            assertThat(new OrphanReaper(state()).reap()).isZero();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(file).doesNotExist();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFileCutShortOrEmptyDoesNoHarm() throws Exception {
        Files.createDirectories(state());
        Files.writeString(state().resolve("1.process"), "");
        Files.writeString(state().resolve("2.process"), "owner 99");
        Files.writeString(state().resolve("3.process"), "owner 1 1\ncookie run_1:1:3\nchild");

        assertThat(new OrphanReaper(state()).reap()).isZero();
        assertThat(state().resolve("3.process")).doesNotExist();
    }

    private Path state() {
        return home.resolve("state");
    }

    /** A JVM of its own that runs a script as its child. */
    private Process startHub(String script) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        ProcessBuilder builder =
                new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", Hub.class.getName(), home.toString(), script);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true).redirectOutput(home.resolve("hub.log").toFile());
        Process hub = builder.start();
        Awaitility.await()
                .atMost(LiveProcesses.PATIENCE)
                .until(() -> Files.exists(home.resolve("main")) || !hub.isAlive());
        assertThat(hub.isAlive()).as(Files.readString(home.resolve("hub.log"))).isTrue();
        return hub;
    }

    /** The program of that JVM. */
    static final class Hub {
        private Hub() {}

        public static void main(String[] arguments) throws Exception {
            Path home = new File(arguments[0]).toPath();
            ChildProcesses children =
                    new ChildProcesses(new LiteralRedactor(), OWN, home.resolve("state"), ChildLimits.DEFAULT);
            Runtime.getRuntime().addShutdownHook(new Thread(children::close));
            ChildSpec spec = new ChildSpec(
                    "run_1:1",
                    List.of("sh", "-c", arguments[1]),
                    home,
                    OWN,
                    null,
                    false,
                    Duration.ofHours(1),
                    1_000_000);
            children.start(spec, (stream, bytes) -> {})
                    .result()
                    .toCompletableFuture()
                    .get();
        }
    }
}
