package dev.pilot.example.embed;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.value.Registration;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.worker.WorkerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Opens a hub, hands out a run to a worker in the same program, and prints what happens until it is over. */
public final class Embed {
    private Embed() {}

    /**
     * Runs the example.
     *
     * @param args the data directory; {@code data} by default
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (PilotHub hub = PilotHub.open(
                PilotConfig.builder(Path.of(args.length > 0 ? args[0] : "data")).build())) {
            Project project = hub.projects().create(CreateProject.named("Apollo"));
            RunProfile echo = RunProfile.command(List.of("echo", "The goal was:"));
            Run run = hub.runs()
                    .create(CreateRun.forProject(project.id(), "Go to the moon")
                            .profile(echo)
                            .build());
            hub.startWorker(
                    WorkerConfig.of(new WorkerId("wrk_embedded"), hub.data().root()));
            CountDownLatch over = new CountDownLatch(1);
            try (Registration following = hub.events().follow(EventFilter.of(run.id()), 0, events -> {
                events.forEach(
                        event -> System.out.println(event.type() + "  " + event.title() + "  " + event.message()));
                if (hub.runs().get(run.id()).state().isFinal()) {
                    over.countDown();
                }
                return CompletableFuture.completedFuture(null);
            })) {
                over.await();
            }
        }
    }
}
