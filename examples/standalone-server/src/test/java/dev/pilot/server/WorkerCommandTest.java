package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.core.config.Surroundings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class WorkerCommandTest {
    private static final Surroundings AROUND = new Surroundings(
            Map.of("PILOT_HUB", "https://hub.example.org", "PILOT_TOKEN", "of-a-file-0123", "MODEL_KEY", "very-hidden"),
            List.of("of-a-file-0123", "very-hidden"),
            List.of());

    private static StandaloneWorker.Setup setup(String... options) {
        WorkerCommand worker = new WorkerCommand();
        assertThat(new CommandLine(worker).parseArgs(options).errors()).isEmpty();
        return worker.setup(AROUND);
    }

    @Test
    void itGoesByWhatItWasToldFromOutside() {
        StandaloneWorker.Setup setup = setup();
        assertThat(setup.hub()).isEqualTo(URI.create("https://hub.example.org"));
        assertThat(setup.token()).isEqualTo("of-a-file-0123");
        assertThat(setup.around().variables()).containsKey("MODEL_KEY");
        assertThat(setup.toString()).doesNotContain("very-hidden");
    }

    @Test
    void optionsGoBeforeThat() {
        StandaloneWorker.Setup setup = setup("--hub", "http://127.0.0.1:1", "--token", "of-an-option");
        assertThat(setup.hub()).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(setup.token()).isEqualTo("of-an-option");
    }
}
