package dev.pilot.e2e.fault.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.LiveProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that was under way when the hub was killed. */
record InFlight(RunId run, int attempt, long pid) {
    static InFlight start(Pilot pilot) {
        ProjectId project = pilot.projects()
                .create(CreateProject.builder("in flight").build())
                .id();
        RunId run = pilot.runs()
                .create(CreateRun.forProject(project, "sleep")
                        .profile(RunProfile.command(List.of("sh", "-c", "echo pid $$ && exec sleep 600")))
                        .policy(RunPolicy.builder().maxAttempts(2).build())
                        .build())
                .id();
        Patience.await("the run prints its process id", () -> pid(pilot, run) != null);
        Long pid = pid(pilot, run);
        return new InFlight(run, pilot.runs().get(run).attempt(), pid == null ? 0 : pid);
    }

    private static @Nullable Long pid(Pilot pilot, RunId run) {
        if (pilot.runs().get(run).state() != RunState.RUNNING) {
            return null;
        }
        String printed = new String(
                pilot.runs()
                        .output(new OutputRequest(run, 0, OutputStream.STDOUT, 0, 100))
                        .bytes(),
                UTF_8);
        return printed.startsWith("pid ") && printed.endsWith("\n")
                ? Long.valueOf(printed.substring("pid ".length()).strip())
                : null;
    }

    /** The run goes on in another attempt, and nothing is left of the one before. */
    void look(Pilot pilot, String name, Violations violations) {
        boolean goesOn = Patience.holds(() -> {
            Run now = pilot.runs().get(run);
            return now.attempt() > attempt && now.state() == RunState.RUNNING && pid(pilot, run) != null;
        });
        violations.count(name + ".stuck", goesOn, "run " + pilot.runs().get(run));
        violations.count(name + ".orphans", Patience.holds(() -> !LiveProcess.isAlive(pid)), "process " + pid);
        pilot.runs().cancel(run, "looked at");
    }
}
