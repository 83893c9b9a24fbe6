package dev.pilot.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutboxTest {
    @TempDir
    private Path directory;

    @Test
    void whatWasKeptIsThereForTheNextProcessUntilItIsForgotten() {
        FinishRun done = report("run_1", 1, "all well");
        FinishRun failed = FinishRun.builder(lease("run_2", 3), RunResult.FAILED)
                .error(new RunError("exit-code", "The command exited with 3."))
                .exitCode(3)
                .build();
        new FileOutbox(directory).keep(done);
        new FileOutbox(directory).keep(failed);

        assertThat(new FileOutbox(directory).kept()).containsExactlyInAnyOrder(done, failed);

        new FileOutbox(directory).forget(done);

        assertThat(new FileOutbox(directory).kept()).containsExactly(failed);
    }

    @Test
    void theOldestComesFirst() throws IOException {
        FileOutbox outbox = new FileOutbox(directory);
        for (int i = 0; i < 3; i++) {
            outbox.keep(report("run_" + i, 1, "number " + i));
            Files.setLastModifiedTime(
                    newest(),
                    FileTime.from(Instant.parse("2026-01-01T00:00:00Z").minusSeconds(i)));
        }

        assertThat(outbox.kept()).extracting(FinishRun::summary).containsExactly("number 2", "number 1", "number 0");
    }

    @Test
    void twoAttemptsOfOneRunAreTwoReports() {
        FileOutbox outbox = new FileOutbox(directory);
        FinishRun first = report("run_1", 1, "first");
        FinishRun second = report("run_1", 2, "second");
        outbox.keep(first);
        outbox.keep(second);
        outbox.keep(second);

        assertThat(outbox.kept()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void idsThatAreNoFileNamesStayInsideAndApart() throws IOException {
        FileOutbox outbox = new FileOutbox(directory.resolve("box"));
        List<FinishRun> reports = Stream.of(
                        "run_..",
                        "...",
                        "-",
                        "run_a.b",
                        "run_a:b",
                        "run_ab",
                        "run_A",
                        "run_a",
                        "x".repeat(128),
                        "x".repeat(127))
                .map(id -> report(id, 1, id))
                .toList();
        reports.forEach(outbox::keep);

        assertThat(outbox.kept()).containsExactlyInAnyOrderElementsOf(reports);
        try (Stream<Path> beside = Files.list(directory)) {
            assertThat(beside).containsExactly(directory.resolve("box"));
        }
    }

    @Test
    void halfAFileOfACrashIsNoReportAndASpoiltOneKeepsNobodyElse() throws IOException {
        FileOutbox outbox = new FileOutbox(directory);
        FinishRun good = report("run_1", 1, "good");
        outbox.keep(good);
        Files.writeString(directory.resolve("run_2-1.json.new"), "{\"lease\":");
        Files.writeString(directory.resolve("run_3-1.json"), "{\"lease\":");

        assertThat(outbox.kept()).containsExactly(good);
        assertThat(directory.resolve("run_3-1.json")).exists();
    }

    @Test
    void aDirectoryThatCantBeMadeIsSaidSo() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new FileOutbox(file.resolve("box")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(file.toString());
    }

    private Path newest() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.max((a, b) -> a.toFile().lastModified() > b.toFile().lastModified() ? 1 : -1)
                    .orElseThrow();
        }
    }

    private static FinishRun report(String run, int attempt, String summary) {
        return FinishRun.builder(lease(run, attempt), RunResult.SUCCEEDED)
                .exitCode(0)
                .summary(summary)
                .build();
    }

    private static Lease lease(String run, int attempt) {
        return new Lease(new RunId(run), attempt, new WorkerId("wrk_1"), Instant.parse("2026-02-01T00:00:00Z"));
    }
}
