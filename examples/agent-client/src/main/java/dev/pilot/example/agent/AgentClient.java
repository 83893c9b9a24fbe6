package dev.pilot.example.agent;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Run;
import dev.pilot.client.PilotClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The command line: {@code agent-client <hub's URL> <project's id> <directory>}; the token is in {@code PILOT_TOKEN}. */
public final class AgentClient {
    private AgentClient() {}

    /**
     * Runs the agent once.
     *
     * @param args the hub's URL, the project's id, the directory to look through
     * @throws IOException if the directory can't be read
     */
    public static void main(String[] args) throws IOException {
        String token = System.getenv("PILOT_TOKEN");
        if (args.length != 3 || token == null) {
            System.err.println("usage: PILOT_TOKEN=… agent-client <hub's URL> <project's id> <directory>");
            System.exit(2);
            return;
        }
        try (Pilot pilot = PilotClient.connect(URI.create(args[0]), token)) {
            Run run = new TodoAgent(pilot).report(new ProjectId(args[1]), Path.of(args[2]));
            System.out.println("run " + run.id() + " is " + run.state().wire() + ": " + run.summary());
        }
    }
}
