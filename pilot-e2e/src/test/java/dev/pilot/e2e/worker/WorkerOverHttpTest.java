package dev.pilot.e2e.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.client.run.FileOutbox;
import dev.pilot.core.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerOverHttpTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Heartbeats come three times as often; a worker that isn't answered for so long, by the real clock, gives up. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private HubOverHttp scene;
    private Project project;

    @BeforeEach
    void start() {
        scene = new HubOverHttp(directory.resolve("hub"));
        project = scene.hub().projects().create(CreateProject.named("Apollo"));
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
    }

    @Test
    void aReportThatTheWorkerCouldNotBringIsBroughtByTheNextProcess() throws IOException {
        FileOutbox outbox = outbox();
        Worker worker = scene.worker("wrk_1", directory.resolve("w"), LONG, outbox);
        RunId run = untilTheFile("go", 1);
        awaitStarted(worker, run);

        scene.vanish();
        Files.writeString(directory.resolve("go"), "");
        eventually().untilAsserted(() -> assertThat(outbox.kept()).hasSize(1));
        worker.close();

        assertThat(outbox.kept()).hasSize(1);
        assertThat(scene.hub().runs().get(run).state()).isEqualTo(RunState.RUNNING);

        scene.appear();
        scene.worker("wrk_1", directory.resolve("w"), LONG, outbox());

        Run done = await(run, RunState.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(1);
        eventually().untilAsserted(() -> assertThat(outbox.kept()).isEmpty());
    }

    @Test
    void whatIsDoneWhileTheHubIsAwayCountsAlsoIfTheLeaseExpiredMeanwhile() throws IOException {
        FileOutbox outbox = outbox();
        Worker worker = scene.worker("wrk_1", directory.resolve("w"), LONG, outbox);
        RunId run = untilTheFile("go", 1);
        awaitStarted(worker, run);

        scene.vanish();
        Files.writeString(directory.resolve("go"), "");
        eventually().untilAsserted(() -> assertThat(outbox.kept()).hasSize(1));
        scene.clock().advance(LONG.multipliedBy(2));
        Run lost = await(run, RunState.FAILED);
        scene.appear();

        Run done = await(run, RunState.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(lost.attempt());
        eventually().untilAsserted(() -> assertThat(outbox.kept()).isEmpty());
    }

    @Test
    void aReportThatCameTooLateIsLetGoAndTheOtherAttemptCounts() throws IOException {
        FileOutbox outbox = outbox();
        Worker first = scene.worker("wrk_1", directory.resolve("w1"), LONG, outbox);
        RunId run = untilTheFile("go", 2);
        awaitStarted(first, run);
        scene.vanish();
        Files.writeString(directory.resolve("go"), "");
        eventually().untilAsserted(() -> assertThat(outbox.kept()).hasSize(1));
        first.close();
        scene.clock().advance(LONG.multipliedBy(2));
        await(run, RunState.QUEUED);
        scene.clock().advance(SHORT); // the pause after a failure

        scene.appear();
        scene.worker("wrk_2", directory.resolve("w2"), LONG, new FileOutbox(directory.resolve("other outbox")));
        Run done = await(run, RunState.SUCCEEDED);
        scene.worker("wrk_1", directory.resolve("w1"), LONG, outbox());

        eventually().untilAsserted(() -> assertThat(outbox.kept()).isEmpty());
        assertThat(scene.hub().runs().get(run)).isEqualTo(done);
        assertThat(done.attempt()).isEqualTo(2);
    }

    @Test
    void aWorkerThatTheHubDrainsFinishesWhatItHasAndTakesNothingUntilItIsResumed() throws IOException {
        Worker worker = scene.worker("wrk_1", directory.resolve("w"), SHORT, outbox());
        RunId held = untilTheFile("go", 1);
        awaitStarted(worker, held);

        WorkerInfo drained = scene.hub().workers().drain(new WorkerId("wrk_1"));
        RunId next = untilTheFile("go", 1);
        Files.writeString(directory.resolve("go"), "");

        assertThat(drained.draining()).isTrue();
        await(held, RunState.SUCCEEDED);
        eventually().until(() -> worker.running() == 0);
        assertThat(scene.hub().runs().get(next).state()).isEqualTo(RunState.QUEUED);

        scene.hub().workers().resume(new WorkerId("wrk_1"));

        await(next, RunState.SUCCEEDED);
    }

    @Test
    void aWorkerThatLeavesWaitsForWhatItHasAndIsHeardOfMeanwhile() throws Exception {
        Worker worker = scene.worker("wrk_1", directory.resolve("w"), SHORT, outbox());
        RunId run = untilTheFile("go", 1);
        awaitStarted(worker, run);
        Thread opener = new Thread(() -> {
            for (int i = 0; i < 3; i++) {
                // without a heartbeat in each of these times the lease would expire
                Instant before = expiry(run);
                scene.clock().advance(SHORT.dividedBy(2));
                eventually().until(() -> expiry(run).isAfter(before));
            }
            write("go");
        });
        opener.start();

        boolean allEnded = worker.drain(LONG);

        opener.join();
        assertThat(allEnded).isTrue();
        assertThat(scene.hub().runs().get(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatDoesNotEndInTimeGoesBackToTheQueueWhenAWorkerLeaves() throws Exception {
        Worker worker = scene.worker("wrk_1", directory.resolve("w"), LONG, outbox());
        RunId run = untilTheFile("never", 3);
        awaitStarted(worker, run);

        boolean allEnded = worker.drain(Duration.ofMillis(50));

        assertThat(allEnded).isFalse();
        // Not at once: the worker's claim may still wait at the hub, which gives it the run once more and takes that
        // back.
        await(run, RunState.QUEUED);
    }

    private RunId untilTheFile(String name, int attempts) {
        String file = directory.resolve(name).toString();
        return scene.hub()
                .runs()
                .create(CreateRun.forProject(project.id(), "wait for " + name)
                        .profile(RunProfile.command(
                                List.of("sh", "-c", "while [ ! -e '" + file + "' ]; do sleep 0.02; done")))
                        .policy(RunPolicy.builder().maxAttempts(attempts).build())
                        .build())
                .id();
    }

    /** That it is RUNNING is not enough: the answer to the claim may still be under way. */
    private void awaitStarted(Worker worker, RunId run) {
        await(run, RunState.RUNNING);
        eventually().until(() -> worker.running() == 1);
    }

    private Instant expiry(RunId run) {
        Run now = scene.hub().runs().get(run);
        return requireNonNull(now.lease(), now::toString).expiresAt();
    }

    private Run await(RunId run, RunState state) {
        return await(run, now -> now.state() == state);
    }

    private Run await(RunId run, Predicate<Run> condition) {
        return eventually().until(() -> scene.hub().runs().get(run), condition);
    }

    private FileOutbox outbox() {
        return new FileOutbox(directory.resolve("outbox"));
    }

    private void write(String name) {
        try {
            Files.writeString(directory.resolve(name), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }
}
