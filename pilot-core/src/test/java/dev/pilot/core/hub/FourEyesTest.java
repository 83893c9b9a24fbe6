package dev.pilot.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FourEyesTest {
    @Test
    void whoAsksDoesNotDecideWhereTheHubWantsTwo(@TempDir Path directory) {
        try (PilotHub hub =
                PilotHub.open(PilotConfig.builder(directory).fourEyes(true).build())) {
            Pilot one = hub.as(Caller.of("one", Scope.OPERATOR));
            Pilot two = hub.as(Caller.of("two", Scope.OPERATOR));
            Project project = one.projects().create(CreateProject.named("project"));
            Run asked = one.runs()
                    .create(CreateRun.forProject(project.id(), "goal")
                            .profile(RunProfile.command(List.of("true")))
                            .policy(RunPolicy.builder().approval(true).build())
                            .build());

            Forbidden refused = assertThrows(Forbidden.class, () -> one.runs().approve(asked.id(), null));

            assertEquals("own-approval", refused.code());
            assertEquals(RunState.PROPOSED, one.runs().get(asked.id()).state());
            assertEquals(RunState.QUEUED, two.runs().approve(asked.id(), null).state());
        }
    }
}
