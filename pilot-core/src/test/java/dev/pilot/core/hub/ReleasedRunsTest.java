package dev.pilot.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.testkit.hub.PilotFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that leaves doesn't hear what its last claim would bring. Here, and not in the contract: over HTTP nobody knows when a claim waits. */
class ReleasedRunsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whatAWorkerGivesBackGoesToOthersAndNotToItsOwnClaimThatStillWaits(@TempDir Path directory) throws Exception {
        try (PilotFixture fixture = EmbeddedPilot.open(directory)) {
            Pilot pilot = fixture.pilot();
            Project project = pilot.projects().create(CreateProject.named("project"));
            Run run = pilot.runs()
                    .create(CreateRun.forProject(project.id(), "goal")
                            .profile(RunProfile.command(List.of("true")))
                            .build());
            Run given = claim(pilot, "leaving").get(1, TimeUnit.MINUTES).get(0).run();
            CompletableFuture<List<Assignment>> own = claim(pilot, "leaving");
            CompletableFuture<List<Assignment>> others = claim(pilot, "staying");

            pilot.work()
                    .release(List.of(Objects.requireNonNull(given.lease())))
                    .get(0)
                    .get();

            assertEquals(List.of(), own.get(1, TimeUnit.MINUTES));
            assertEquals(run.id(), others.get(1, TimeUnit.MINUTES).get(0).run().id());
        }
    }

    private static CompletableFuture<List<Assignment>> claim(Pilot pilot, String worker) {
        return pilot.work()
                .claim(ClaimRequest.builder(new WorkerId(worker))
                        .waitFor(PATIENCE)
                        .build())
                .toCompletableFuture();
    }
}
