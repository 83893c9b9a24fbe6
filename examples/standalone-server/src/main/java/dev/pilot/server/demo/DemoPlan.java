package dev.pilot.server.demo;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.RunProfile;
import dev.pilot.server.demo.bundled.BundledAgent;
import dev.pilot.server.demo.bundled.BundledCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the demo is to do.
 *
 * @param remote the repository's URL or absolute path
 * @param goal what the agent is asked
 * @param profile how the agent is started
 * @param agent how the agent is shown
 * @param gate what the work must pass
 * @param test how the gate is shown
 */
record DemoPlan(String remote, String goal, RunProfile profile, String agent, Gate gate, String test) {
    private static final Duration GATE_TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]*://.*|[^/]+@[^/]+:.*");

    /**
     * Plans it.
     *
     * @throws InvalidInput if the repository is a path where there is no git repository
     */
    static DemoPlan of(String repo, @Nullable String agent, @Nullable String test, @Nullable String goal) {
        return new DemoPlan(
                remote(repo),
                Objects.requireNonNullElse(goal, agent == null ? BundledAgent.GOAL : "Improve this repository"),
                RunProfile.builder()
                        .command(agent == null ? program(BundledAgent.class) : shell(agent))
                        .goalVia(GoalVia.STDIN)
                        .build(),
                agent == null ? "bundled: a table of contents for the README, or an overview" : agent,
                new Gate("check", test == null ? program(BundledCheck.class) : shell(test), GATE_TIMEOUT),
                test == null ? "bundled: a check of the files that were changed" : test);
    }

    private static String remote(String repo) {
        if (URL.matcher(repo).matches()) {
            return repo;
        }
        Path path = DemoCommand.absolute(repo);
        if (!Files.exists(path.resolve(".git")) && !Files.isDirectory(path.resolve("objects"))) {
            throw InvalidInput.of("repo", "there is no git repository at " + path + ": name another one with --repo");
        }
        return path.toString();
    }

    private static List<String> shell(String command) {
        return List.of("sh", "-c", command);
    }

    private static List<String> program(Class<?> main) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, main.getName());
    }
}
