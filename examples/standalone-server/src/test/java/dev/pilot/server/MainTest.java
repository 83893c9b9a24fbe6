package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path directory;

    @Test
    void helpNamesEveryCommand() {
        Called help = Called.pilot("help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("demo", "serve", "bench");
        assertThat(Called.pilot("help", "demo").out()).contains("--repo", "--agent", "--test", "--keep");
    }

    @Test
    void anUnknownOptionIsAWrongCommandLine() {
        Called called = Called.pilot("serve", "--prot", "1");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("--prot");
    }

    @Test
    void everyWrongSettingIsNamedAtOnceAndOneThatIsUnknownWithWhatMayBeMeant() throws Exception {
        Path file = Files.writeString(directory.resolve("pilot.properties"), "prot=1\nworker.slots=many\n");
        Called called = Called.pilot("serve", "--config", file.toString(), "--data-dir", directory.toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("did you mean port?", "worker.slots", "whole number");
    }

    @Test
    void aPortOutOfRangeIsRefusedBeforeAnythingStarts() {
        Path data = directory.resolve("data");
        Called called = Called.pilot("serve", "--port", "70000", "--data-dir", data.toString());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("port");
        assertThat(data).doesNotExist();
    }

    @Test
    void benchmarksThatAreNotThereAreSaidToBeSo() {
        Called called = Called.pilot("bench", "events");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("./pilot bench");
    }

    @Test
    void aWorkerThatIsSetUpWronglySaysWhatIsWrong() {
        assertThat(Called.pilot("worker", "--hub", "nowhere", "--token", "t").err())
                .contains("--hub", "http://host:7878");
        assertThat(Called.pilot(
                                "worker",
                                "--token-file",
                                directory.resolve("none").toString())
                        .err())
                .contains("--token-file");
        Called time = Called.pilot("worker", "--token", "t", "--lease", "3x");
        assertThat(time.code()).isEqualTo(2);
        assertThat(time.err()).contains("--lease", "30s");
    }
}
