package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.project.CreateProject;
import dev.pilot.client.PilotClient;
import dev.pilot.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneServerTest {
    @TempDir
    private Path directory;

    @Test
    void whatWasWrittenIsThereAfterAnotherStart() throws Exception {
        Map<String, String> variables = Map.of("PILOT_DATA_DIR", directory.toString(), "PILOT_PORT", "0");
        ServerSettings settings = ServerSettings.from(Settings.load(null, variables, Map.of("worker.slots", "1")));
        try (StandaloneServer server = StandaloneServer.start(settings);
                Pilot pilot = connect(server)) {
            assertThat(pilot.system().health().healthy()).isTrue();
            pilot.projects().create(CreateProject.named("Apollo"));
        }
        try (StandaloneServer server = StandaloneServer.start(settings);
                Pilot pilot = connect(server)) {
            assertThat(pilot.system().overview().projects()).isEqualTo(1);
        }
    }

    private static Pilot connect(StandaloneServer server) throws Exception {
        return PilotClient.connect(
                server.uri(), Files.readString(server.tokenFile()).strip());
    }
}
