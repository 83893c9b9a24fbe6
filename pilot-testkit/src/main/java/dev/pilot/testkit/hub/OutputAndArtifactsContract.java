package dev.pilot.testkit.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.OutputChunk;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hub promises about what runs print and leave behind. */
public abstract class OutputAndArtifactsContract extends HubContract {
    /** For subclasses. */
    protected OutputAndArtifactsContract() {}

    @Test
    void outputIsReadBackByteForByte() {
        Lease lease = lease(stage());
        assertThat(write(lease, 0, "hello ")).isEqualTo(6);
        assertThat(write(lease, 6, "wörld\n")).isEqualTo(13);
        assertThat(pilot().work().output(lease, OutputStream.STDERR, 0, "oops".getBytes(UTF_8)))
                .isEqualTo(4);

        OutputChunk all = read(lease, 0, 100);
        assertThat(new String(all.bytes(), UTF_8)).isEqualTo("hello wörld\n");
        assertThat(all.attempt()).isEqualTo(1);
        assertThat(all.stream()).isEqualTo(OutputStream.STDOUT);
        assertThat(all.from()).isZero();
        assertThat(all.size()).isEqualTo(13);
        OutputChunk some = read(lease, 6, 5);
        assertThat(some.bytes()).isEqualTo(Arrays.copyOfRange("hello wörld\n".getBytes(UTF_8), 6, 11));
        assertThat(some.from()).isEqualTo(6);
        assertThat(some.size()).isEqualTo(13);
        assertThat(new String(
                        pilot().runs()
                                .output(new OutputRequest(lease.runId(), 0, OutputStream.STDERR, 0, 0))
                                .bytes(),
                        UTF_8))
                .isEqualTo("oops");
    }

    @Test
    void readingBehindTheEndGivesNothing() {
        Lease lease = lease(stage());
        assertThat(read(lease, 0, 10).bytes()).as("nothing was printed").isEmpty();
        write(lease, 0, "abc");
        assertThat(read(lease, 3, 10).bytes()).isEmpty();
        assertThat(read(lease, 99, 10).bytes()).isEmpty();
        assertThat(read(lease, 99, 10).size()).isEqualTo(3);
    }

    @Test
    void whatWasSentBeforeIsSkipped() {
        Lease lease = lease(stage());
        write(lease, 0, "abcdef");
        assertThat(write(lease, 0, "abcdef")).as("all of it again").isEqualTo(6);
        assertThat(write(lease, 2, "cd")).as("some of it again").isEqualTo(6);
        assertThat(write(lease, 4, "efgh")).as("some new").isEqualTo(8);
        assertThat(new String(read(lease, 0, 100).bytes(), UTF_8)).isEqualTo("abcdefgh");
    }

    @Test
    void aGapIsRefused() {
        Lease lease = lease(stage());
        write(lease, 0, "abc");
        refused(InvalidInput.class, "output-gap", () -> write(lease, 4, "e"));
        assertThat(read(lease, 0, 10).size()).isEqualTo(3);
        assertThat(write(lease, 3, "d")).isEqualTo(4);
        refused(InvalidInput.class, () -> write(lease, -1, "x"));
    }

    @Test
    void eachAttemptHasOutputOfItsOwn() {
        RunStage stage = stage();
        Lease first = lease(stage);
        write(first, 0, "first");
        Run requeued = stage.finish(RunStage.failed(first));
        Lease second = RunStage.leaseOf(stage.claimAgain(requeued));
        assertThat(read(second, 0, 10).size())
                .as("the latest has printed nothing yet")
                .isZero();
        write(second, 0, "second");
        assertThat(new String(attempt(first.runId(), 1).bytes(), UTF_8)).isEqualTo("first");
        assertThat(new String(attempt(first.runId(), 2).bytes(), UTF_8)).isEqualTo("second");
        assertThat(attempt(first.runId(), 0).attempt()).isEqualTo(2);
    }

    @Test
    void outputIsAnnouncedByLogEventsThatCoverIt() {
        Lease lease = lease(stage());
        write(lease, 0, "one\n");
        write(lease, 4, "two\n");
        eventually().untilAsserted(() -> {
            List<Event> logs = events(new EventFilter(null, lease.runId(), null, "log"));
            assertThat(logs).isNotEmpty();
            long end = 0;
            for (Event log : logs) {
                assertThat(log.data().text("stream")).isEqualTo("stdout");
                assertThat(log.data().number("from", -1)).isEqualTo(end);
                end = log.data().number("to", -1);
            }
            fixture().clock().advance(java.time.Duration.ofSeconds(1));
            assertThat(end).isEqualTo(8);
        });
    }

    @Test
    void outputMayBeReadByAnOutsideAgentsId() {
        RunStage stage = stage();
        String external = unique("session");
        pilot().runs().create(stage.run().externalId(external).build());
        Lease lease = RunStage.leaseOf(stage.claim());
        write(lease, 0, "hi");
        assertThat(pilot().runs()
                        .output(new OutputRequest(new RunId(external), 0, OutputStream.STDOUT, 0, 10))
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aWrongRequestForOutputIsRefused() {
        Lease lease = lease(stage());
        refused(
                NotFound.class,
                () -> pilot().runs()
                        .output(new OutputRequest(new RunId(unique("unknown")), 0, OutputStream.STDOUT, 0, 10)));
        refused(InvalidInput.class, () -> read(lease, -1, 10));
        refused(InvalidInput.class, () -> read(lease, 0, -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void anArtifactIsReadBackByteForByte(int size) {
        Lease lease = lease(stage());
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Artifact kept = keep(lease, ArtifactKind.FILE, "data.bin", "application/octet-stream", bytes);

        assertThat(kept.id().value()).startsWith("art_");
        assertThat(kept.runId()).isEqualTo(lease.runId());
        assertThat(kept.attempt()).isEqualTo(1);
        assertThat(kept.kind()).isEqualTo(ArtifactKind.FILE);
        assertThat(kept.name()).isEqualTo("data.bin");
        assertThat(kept.contentType()).isEqualTo("application/octet-stream");
        assertThat(kept.data()).isEqualTo(Json.object("files", 1));
        assertThat(kept.size()).isEqualTo(size);
        assertThat(kept.sha256()).isEqualTo(sha256(bytes));
        assertThat(pilot().runs().artifact(kept.id())).isEqualTo(kept);
        assertThat(content(kept.id())).isEqualTo(bytes);
    }

    @Test
    void aRunsArtifactsAreListedOldestFirstOverAllAttempts() {
        RunStage stage = stage();
        Lease first = lease(stage);
        Artifact one = keep(first, ArtifactKind.DIFF, "a.diff", "text/x-diff", "diff".getBytes(UTF_8));
        Artifact two = keep(first, ArtifactKind.REPORT, "b.xml", "text/xml", "<r/>".getBytes(UTF_8));
        Run requeued = stage.finish(RunStage.failed(first));
        Artifact three = keep(
                RunStage.leaseOf(stage.claimAgain(requeued)),
                ArtifactKind.DIFF,
                "a.diff",
                "text/x-diff",
                "more".getBytes(UTF_8));
        assertThat(pilot().runs().artifacts(first.runId())).containsExactly(one, two, three);
        assertThat(three.attempt()).isEqualTo(2);
        assertThat(events(new EventFilter(null, first.runId(), null, "artifact")))
                .hasSize(3);
    }

    @Test
    void whatIsSaidAboutAnArtifactMayHave65536CharactersOfJson() {
        Lease lease = lease(stage());
        Json.Obj largest = Json.object("ä", "ü".repeat(65_536 - "{\"ä\":\"\"}".length()));
        byte[] bytes = {1, 2, 3};
        Artifact kept = pilot().work()
                .keep(
                        lease,
                        new NewArtifact(ArtifactKind.FILE, "data.bin", "application/octet-stream", largest),
                        bytes);
        assertThat(kept.data()).isEqualTo(largest);
        assertThat(content(kept.id())).isEqualTo(bytes);
        invalid(
                "data",
                () -> pilot().work()
                        .keep(
                                lease,
                                new NewArtifact(
                                        ArtifactKind.FILE,
                                        "more.bin",
                                        "application/octet-stream",
                                        largest.with("b", 1)),
                                bytes));
        assertThat(pilot().runs().artifacts(lease.runId())).containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escape", "a/b", "/etc/passwd", "..", ".", "", "nul\0", "back\\slash"})
    void anArtifactsNameIsNoPath(String name) {
        Lease lease = lease(stage());
        invalid("name", () -> keep(lease, ArtifactKind.FILE, name, "text/plain", new byte[] {1}));
        assertThat(pilot().runs().artifacts(lease.runId())).isEmpty();
    }

    @Test
    void anUnknownArtifactIsNotFound() {
        ArtifactId unknown = new ArtifactId(unique("unknown"));
        assertThat(refused(NotFound.class, () -> pilot().runs().artifact(unknown))
                        .entity())
                .isEqualTo("artifact");
        refused(NotFound.class, () -> pilot().runs().artifactContent(unknown).close());
    }

    private Lease lease(RunStage stage) {
        stage.queued();
        return RunStage.leaseOf(stage.claim());
    }

    private long write(Lease lease, long offset, String text) {
        return pilot().work().output(lease, OutputStream.STDOUT, offset, text.getBytes(UTF_8));
    }

    private OutputChunk read(Lease lease, long from, int limit) {
        return pilot().runs().output(new OutputRequest(lease.runId(), 0, OutputStream.STDOUT, from, limit));
    }

    private OutputChunk attempt(RunId run, int attempt) {
        return pilot().runs().output(new OutputRequest(run, attempt, OutputStream.STDOUT, 0, 0));
    }

    private Artifact keep(Lease lease, ArtifactKind kind, String name, String contentType, byte[] bytes) {
        return pilot().work().keep(lease, new NewArtifact(kind, name, contentType, Json.object("files", 1)), bytes);
    }

    private byte[] content(ArtifactId id) {
        try (InputStream content = pilot().runs().artifactContent(id)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("the content can't be read", e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
